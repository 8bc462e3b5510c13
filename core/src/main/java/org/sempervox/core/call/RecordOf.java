package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import org.sempervox.core.call.CallState.Ended;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.cdr.CallRecord;

/** The record of an ended call: a pure function of its state (S6). */
final class RecordOf {
    private RecordOf() {}

    static CallRecord of(String id, Ended ended) {
        Talking talked = ended.talked();
        Instant answerAt = talked == null ? null : talked.answeredAt();
        Instant aliveAt = ended.aliveAt();
        Instant endAt = aliveAt == null ? ended.endedAt() : aliveAt;
        Instant ringAt = talked == null ? ended.ringAt() : talked.ringAt();
        long duration = answerAt == null
                ? 0
                : Math.max(0, Duration.between(answerAt, endAt).toMillis());
        return new CallRecord(
                id,
                id,
                "default",
                ended.origin().caller(),
                ended.origin().dialled(),
                talked == null ? "" : talked.callee().extension(),
                ended.origin().placedAt(),
                ringAt,
                answerAt,
                endAt,
                duration,
                ended.status(),
                cause(ended),
                ended.by().text(),
                ended.origin().nodes(),
                aliveAt != null,
                null);
    }

    /** Q.850 tells apart what SIP's 480 does not: 19 no answer, 20 not registered. */
    private static int cause(Ended ended) {
        if (ended.status() == 480 && ended.by() == EndedBy.SYSTEM) {
            return ended.legs().isEmpty() ? 20 : 19;
        }
        return FailureTable.q850(ended.status());
    }
}
