/** What is to happen in a run: load, faults and their times, and what they may cost; read from HOCON. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.scenario;
