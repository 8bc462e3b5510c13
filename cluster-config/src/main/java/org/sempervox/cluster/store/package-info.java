/** The embedded store and the call records in it. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.store;
