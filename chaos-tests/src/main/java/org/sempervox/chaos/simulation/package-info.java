/** Deterministic simulation: the real call machine among simulated phones, edges and nodes on one virtual clock, with crashes anywhere. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.simulation;
