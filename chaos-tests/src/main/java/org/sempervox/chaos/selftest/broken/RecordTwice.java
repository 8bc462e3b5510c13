package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.CallPorts;
import org.sempervox.core.cdr.CallRecord;

/** Who ends a call that ran on another node before writes its record once more, under an id of its own. */
public final class RecordTwice {
    private RecordTwice() {}

    @Advice.OnMethodExit
    static void run(@Advice.Argument(0) CallEffect effect, @Advice.FieldValue("ports") CallPorts ports) {
        RecordTwice.again(effect, ports);
    }

    /** Does nothing for other effects, and for calls that have lived on one node. */
    public static void again(CallEffect effect, CallPorts ports) {
        if (effect instanceof CallEffect.StoreRecord(CallRecord record)
                && record.nodes().size() > 1) {
            var _ = ports.records()
                    .store(new CallRecord(
                            record.id() + "-again",
                            record.group(),
                            record.tenant(),
                            record.caller(),
                            record.called(),
                            record.connected(),
                            record.startAt(),
                            record.ringAt(),
                            record.answerAt(),
                            record.endAt(),
                            record.durationMs(),
                            record.sipCause(),
                            record.q850Cause(),
                            record.endedBy(),
                            record.nodes(),
                            record.estimated(),
                            record.quality()));
        }
    }
}
