/** Load for figures; not a test. */
@org.jspecify.annotations.NullMarked
package org.sempervox.media.relay.bench;
