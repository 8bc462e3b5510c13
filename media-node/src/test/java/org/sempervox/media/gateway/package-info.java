@org.jspecify.annotations.NullMarked
package org.sempervox.media.gateway;
