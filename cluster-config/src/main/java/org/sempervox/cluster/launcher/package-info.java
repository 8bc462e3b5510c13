/** A cluster on one machine: starts, restarts and stops its nodes; hosts the embedded store; is no member. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.launcher;
