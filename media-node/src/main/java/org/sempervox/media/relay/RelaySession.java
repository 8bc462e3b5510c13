package org.sempervox.media.relay;

import java.time.Duration;
import org.sempervox.core.media.MediaReport.SessionStatistics;

/** Two legs on one loop and their common silence. Only on the loop's thread, except the final fields. */
final class RelaySession {
    final RelayKey key;
    final RelayGroup group;
    final RelayLeg caller;
    final RelayLeg callee;
    private long silenceLimit = Long.MAX_VALUE;
    private boolean reported;
    private long reportedSince;

    RelaySession(RelayKey key, RelayGroup group, RelayLeg caller, RelayLeg callee) {
        this.key = key;
        this.group = group;
        this.caller = caller;
        this.callee = callee;
    }

    void attach(long now) {
        caller.heard(now);
        callee.heard(now);
        caller.attach(callee);
        callee.attach(caller);
    }

    /** A new plan starts the wait for silence anew. */
    void apply(RelayPlan plan, long now) {
        caller.remote(plan.callerRtp(), plan.callerRtcp(), now);
        callee.remote(plan.calleeRtp(), plan.calleeRtcp(), now);
        silenceLimit = plan.silenceLimit();
        caller.heard(now);
        callee.heard(now);
        reported = false;
    }

    void watch(long now, RelayFacts facts) {
        long since = Math.max(caller.lastHeard(), callee.lastHeard());
        long silence = now - since;
        if (silence >= silenceLimit && !(reported && reportedSince == since)) {
            reported = true;
            reportedSince = since;
            facts.silent(key, Duration.ofNanos(silence));
        }
    }

    SessionStatistics statistics() {
        return new SessionStatistics(caller.snapshot(), callee.snapshot());
    }

    void close() {
        caller.close();
        callee.close();
    }
}
