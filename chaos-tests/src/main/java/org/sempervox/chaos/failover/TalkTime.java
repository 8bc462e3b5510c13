package org.sempervox.chaos.failover;

import java.time.Duration;

/**
 * How long a call lasted, as its phones saw it; all times as {@link System#nanoTime}.
 *
 * @param calleeAnswered when the callee's user picked up; 0 if not known
 * @param callerAnswered when the caller had the answer
 * @param hungUp when a user first hung up; 0 if not known
 * @param callerEnded when the caller knew that the call had ended
 */
record TalkTime(long calleeAnswered, long callerAnswered, long hungUp, long callerEnded) {
    /**
     * Whether a record may hold this duration: the caller's own, or from the callee's answer on, give or take the
     * tolerance. Who hangs up ends the call: with its BYE, though a take-over, or the end of an outage of the store (S28), may
     * be needed before that is answered and the other side hears of it.
     *
     * @param longestWait how long that may take
     */
    boolean plausible(long durationMs, long toleranceMs, Duration longestWait) {
        if (callerAnswered == 0 || callerEnded == 0) {
            return false;
        }
        boolean known = hungUp != 0 && callerEnded - hungUp < longestWait.toNanos();
        double least = ((known ? hungUp : callerEnded) - callerAnswered) / 1e6 - toleranceMs;
        double most = (callerEnded - (calleeAnswered == 0 ? callerAnswered : calleeAnswered)) / 1e6;
        return durationMs >= least && durationMs <= Math.max(most, least + toleranceMs) + toleranceMs;
    }

    @Override
    public String toString() {
        return "%.0f ms at the caller, %.0f ms since the callee picked up, %s"
                .formatted(
                        (callerEnded - callerAnswered) / 1e6,
                        (callerEnded - calleeAnswered) / 1e6,
                        hungUp == 0
                                ? "nobody hung up"
                                : "hung up %.0f ms before the caller knew".formatted((callerEnded - hungUp) / 1e6));
    }
}
