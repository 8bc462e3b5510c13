package org.sempervox.media.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaPlan;

/**
 * A plan in the relay's terms. {@link #of} throws {@link IllegalArgumentException} for a host that is not numeric.
 *
 * @param silenceLimit nanoseconds
 */
public record RelayPlan(
        @Nullable Endpoint callerRtp,
        @Nullable Endpoint callerRtcp,
        @Nullable Endpoint calleeRtp,
        @Nullable Endpoint calleeRtcp,
        long silenceLimit) {
    private static final Duration LONGEST = Duration.ofDays(365);

    public static RelayPlan of(MediaPlan plan) {
        Duration limit = plan.silenceLimit().compareTo(LONGEST) > 0 ? LONGEST : plan.silenceLimit();
        return new RelayPlan(
                RelayLeg.rtp(plan.caller()),
                RelayLeg.rtcp(plan.caller()),
                RelayLeg.rtp(plan.callee()),
                RelayLeg.rtcp(plan.callee()),
                limit.toNanos());
    }
}
