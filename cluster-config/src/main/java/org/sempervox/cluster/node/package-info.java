/** One node: its parts, how they start, drain and stop. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.node;
