/** Where the cluster of a run is, how it is broken there, and how everything becomes as before. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.ground;
