package org.sempervox.core.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants of its media, declared as a whole (architecture §5). Applying a plan twice changes nothing; a plan with a lower
 * (epoch, version) than the one in force is refused.
 *
 * @param session the call's id
 * @param epoch rises each time another node takes the entity over
 * @param version rises with each change of the plan
 * @param caller where the caller wants its packets (from its SDP); null while unknown
 * @param callee the same for the callee
 * @param silenceLimit no packet from either side for so long is reported as a time-out (60 s, on hold 300 s)
 */
public record MediaPlan(
        String session,
        long epoch,
        int version,
        MediaLease lease,
        @Nullable RtpPeer caller,
        @Nullable RtpPeer callee,
        Duration silenceLimit) {

    /** Where a side receives: numeric host from its SDP (0.0.0.0 is given as null peer), RTP port, RTCP port (RFC 3605 or RTP + 1). */
    public record RtpPeer(String host, int rtpPort, int rtcpPort) {}
}
