package org.sempervox.chaos.simulation;

/** An invariant that did not hold, by its stable name, and what was seen. */
record Violation(String invariant, String detail) {}
