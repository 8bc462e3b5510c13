package org.sempervox.chaos.selftest.broken;

import java.util.TreeMap;
import net.bytebuddy.asm.Advice;
import org.sempervox.core.call.CallContext;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.call.Leg;
import org.sempervox.core.dialog.Dialog;

/** What another node answered is read back without the CSeq of the dialog that came of it: its numbers start again. */
public final class CseqNotStored {
    private CseqNotStored() {}

    @Advice.OnMethodExit
    @Advice.AssignReturned.ToReturned
    static CallState evolve(
            @Advice.Argument(1) CallEvent event,
            @Advice.FieldValue("context") CallContext context,
            @Advice.Return CallState next) {
        return CseqNotStored.forgotten(event, context, next);
    }

    /** The state after an event; what this node decided itself is left alone. */
    public static CallState forgotten(CallEvent event, CallContext context, CallState next) {
        return event instanceof CallEvent.Answered answered
                        && !answered.node().equals(context.node())
                        && next instanceof Talking talking
                ? startingAgain(talking)
                : next;
    }

    private static Talking startingAgain(Talking talking) {
        var legs = new TreeMap<>(talking.legs());
        legs.computeIfPresent(
                talking.answeredBy(),
                (number, leg) -> new Leg(number, leg.extension(), leg.stage(), unnumbered(leg.dialog())));
        return new Talking(
                talking.origin(),
                talking.caller(),
                legs,
                talking.answeredBy(),
                talking.answeredAt(),
                talking.ringAt(),
                talking.answer(),
                talking.acknowledged(),
                talking.callerSdp(),
                talking.calleeSdp(),
                talking.callerVersion(),
                talking.calleeVersion(),
                talking.plan(),
                talking.exchange());
    }

    /** The next one is 0, which no request of this dialog has had: else its branch would be that of an old one (S5). */
    private static Dialog unnumbered(Dialog dialog) {
        return new Dialog(
                dialog.callId(),
                dialog.localTag(),
                dialog.remoteTag(),
                dialog.local(),
                dialog.remote(),
                -1,
                dialog.remoteSeq(),
                dialog.routeSet(),
                dialog.remoteTarget(),
                dialog.flow());
    }
}
