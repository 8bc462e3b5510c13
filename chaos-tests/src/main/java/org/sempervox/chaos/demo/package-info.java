/** The demonstration: calls with audio through a cluster that loses a machine. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.demo;
