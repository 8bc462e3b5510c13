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
 * @param sippCallsPerSecond placed by SIPp besides, with phones of its own; 0: no SIPp
 */
public record Load(
        double callsPerSecond,
        Duration talkFrom,
        Duration talkTo,
        int heldPercent,
        int forkedPercent,
        int forwardedPercent,
        int idlePhones,
        double sippCallsPerSecond) {
    /** What a call takes besides its talk. */
    private static final double SET_UP_AND_END_S = 6;

    private static final double SPARE = 1.5;

    /** Pairs of phones that are enough for it: a caller has one call at a time. */
    public int lines() {
        return lines(callsPerSecond, talkTo.plus(talkFrom).dividedBy(2));
    }

    /** SIPp's pairs of phones; each of its calls is talked in for that time. */
    public int sippLines(Duration talk) {
        return sippCallsPerSecond == 0 ? 0 : lines(sippCallsPerSecond, talk);
    }

    private static int lines(double rate, Duration talk) {
        return (int) Math.ceil(rate * (talk.toMillis() / 1000.0 + SET_UP_AND_END_S) * SPARE) + 4;
    }
}
