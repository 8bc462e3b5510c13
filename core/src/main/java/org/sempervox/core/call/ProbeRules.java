package org.sempervox.core.call;

import java.time.Instant;
import org.sempervox.core.call.CallCommand.ReportRestart;
import org.sempervox.core.call.CallEvent.Ended;
import org.sempervox.core.call.CallEvent.LegProved;
import org.sempervox.core.call.CallEvent.Probed;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.sip.SipResponse;

/**
 * After the whole cluster stood still for longer than peers repeat a BYE, nobody knows who is still there: each leg is asked by a re-INVITE
 * that changes nothing (S29). A leg that does not know the call any more ends it, as of the last proof that the cluster lived.
 */
final class ProbeRules {
    private final CallContext context;
    private final CallMessages messages;

    ProbeRules(CallContext context, CallMessages messages) {
        this.context = context;
        this.messages = messages;
    }

    Decision restarted(Talking talking, CallMemory memory, ReportRestart restart) {
        boolean brief = !restart.at().isAfter(restart.aliveAt().plus(CallState.LINGER));
        // Signs of life are a second apart: what happened soon after the last one happened before the end.
        boolean newer = talking.answeredAt().isAfter(restart.aliveAt().plus(CallState.LINGER));
        Instant before = talking.origin().probedFor();
        boolean asked = before != null && !restart.aliveAt().isAfter(before);
        if (brief || newer || asked) {
            return Decision.ignore(memory);
        }
        Instant aliveAt = talking.answeredAt().isAfter(restart.aliveAt()) ? talking.answeredAt() : restart.aliveAt();
        if (talking.callerSdp().isEmpty() || talking.calleeSdp().isEmpty()) {
            // It was never established: the answer to the delayed offer was still awaited.
            return Decision.store(memory, ended(restart.at(), aliveAt, memory));
        }
        return Decision.store(memory, new Probed(restart.at(), context.node(), aliveAt));
    }

    /** 481 and 408 say that the dialog is gone (RFC 3261 §12.2.1.2); every other answer comes from somebody who has it. */
    Decision answered(
            CallMemory memory, Exchange.Probing probing, int leg, Dialog dialog, SipResponse response, Instant at) {
        boolean accepted = response.status() < 300;
        CallEffect ack =
                accepted ? messages.ack(leg, dialog, response.cseq(), "") : messages.ackRefusal(leg, dialog, response);
        CallEvent event = response.status() == 481 || response.status() == 408
                ? ended(at, probing.aliveAt(), memory)
                : new LegProved(
                        at,
                        leg,
                        accepted ? response.contact() : null,
                        accepted && response.hasSdp() ? response.body() : "");
        return Decision.store(memory, event).then(ack);
    }

    Decision unanswered(CallMemory memory, Exchange.Probing probing, Instant at) {
        return Decision.store(memory, ended(at, probing.aliveAt(), memory));
    }

    private Ended ended(Instant at, Instant aliveAt, CallMemory memory) {
        return new Ended(at, context.node(), EndedBy.SYSTEM, -1, 408, null, null, memory.ringAt(), aliveAt);
    }
}
