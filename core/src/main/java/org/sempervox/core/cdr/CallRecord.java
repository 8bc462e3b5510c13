package org.sempervox.core.cdr;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaReport.SessionStatistics;

/**
 * Call detail record: a pure function of the call's state, upserted by id (S6).
 *
 * @param connected extension that answered; empty if nobody did
 * @param ringAt when a called phone was first reported ringing; null if none or not known after a take-over
 * @param durationMs from answer to end; 0 if not answered
 * @param endedBy "caller", "callee" or "system"
 * @param nodes nodes that ran the call, in order
 * @param estimated the end is the last proof of life, not the end itself (S29)
 */
public record CallRecord(
        String id,
        String group,
        String tenant,
        String caller,
        String called,
        String connected,
        Instant startAt,
        @Nullable Instant ringAt,
        @Nullable Instant answerAt,
        Instant endAt,
        long durationMs,
        int sipCause,
        int q850Cause,
        String endedBy,
        List<String> nodes,
        boolean estimated,
        @Nullable SessionStatistics quality) {}
