/** A long run: calls without end, nodes that die in turn, and the question what is lost, left or growing. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.soak;
