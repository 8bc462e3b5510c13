package org.sempervox.core.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** Facts from a media node to the call (S20): numbered per session where they must not get lost, repeated until acknowledged. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@r")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MediaReport.Leased.class, name = "leased"),
    @JsonSubTypes.Type(value = MediaReport.LeaseRefused.class, name = "lease-refused"),
    @JsonSubTypes.Type(value = MediaReport.PlanApplied.class, name = "plan-applied"),
    @JsonSubTypes.Type(value = MediaReport.PlanRefused.class, name = "plan-refused"),
    @JsonSubTypes.Type(value = MediaReport.Released.class, name = "released"),
    @JsonSubTypes.Type(value = MediaReport.TimedOut.class, name = "timed-out")
})
public sealed interface MediaReport {
    String session();

    record Leased(String session, MediaLease lease) implements MediaReport {}

    /** No port left, or the address is not served here (any more). */
    record LeaseRefused(String session, String reason) implements MediaReport {}

    record PlanApplied(String session, long epoch, int version) implements MediaReport {}

    /** The ports are in use by another session, or an epoch newer than the plan's is in force. */
    record PlanRefused(String session, long epoch, int version, String reason) implements MediaReport {}

    record Released(String session, SessionStatistics statistics) implements MediaReport {}

    /** Nothing has come from either side for the plan's silence limit. */
    record TimedOut(String session, int number, Duration silence) implements MediaReport {}

    /** Packets and octets that came from each side and how many were refused (foreign source, not RTP). */
    record SessionStatistics(LegStatistics caller, LegStatistics callee) {
        public static final SessionStatistics NONE = new SessionStatistics(LegStatistics.NONE, LegStatistics.NONE);
    }

    /**
     * Of one side as received. {@code lost} by RFC 3550 A.3 (expected minus received, never below 0); {@code jitter} by A.8 in
     * microseconds.
     */
    record LegStatistics(long packets, long octets, long lost, long refused, long jitter) {
        public static final LegStatistics NONE = new LegStatistics(0, 0, 0, 0, 0);
    }
}
