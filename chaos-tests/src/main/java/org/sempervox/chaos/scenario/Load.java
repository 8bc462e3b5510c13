package org.sempervox.chaos.scenario;

import java.time.Duration;

/**
 * What phones do meanwhile.
 *
 * @param callsPerSecond placed at random moments, so many on the average
 * @param talkFrom shortest time between answer and hanging up
 * @param heldPercent calls with a hold in the middle
 * @param forkedPercent calls to two phones of one extension
 * @param forwardedPercent calls to a busy extension that is forwarded
 * @param idlePhones phones that are registered only, and asked for it at the end
 */
public record Load(
        double callsPerSecond,
        Duration talkFrom,
        Duration talkTo,
        int heldPercent,
        int forkedPercent,
        int forwardedPercent,
        int idlePhones) {

    /** Pairs of phones that are enough for it: a caller has one call at a time. */
    public int lines() {
        double setUpAndEnd = 6;
        double mean = talkTo.plus(talkFrom).toMillis() / 2000.0 + setUpAndEnd;
        return (int) Math.ceil(callsPerSecond * mean * 1.5) + 4;
    }
}
