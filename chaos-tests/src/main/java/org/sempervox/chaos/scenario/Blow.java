package org.sempervox.chaos.scenario;

import java.time.Duration;

/**
 * One fault.
 *
 * @param target whom it strikes, in words; see {@link Target}
 * @param lasts until it is healed; zero where there is nothing to heal
 * @param amount percent of packets for a loss, seconds for a clock (negative: back), else unused
 */
public record Blow(FaultKind kind, Target target, Duration lasts, double amount) {}
