package org.sempervox.chaos.client;

/**
 * Nothing was heard of the expected sender for more than 60 ms beyond one packet time.
 *
 * @param since {@link System#nanoTime} of the last packet before it
 * @param ms how long, minus one packet time
 * @param open whether it had not ended when asked
 */
public record Silence(long since, double ms, boolean open) {}
