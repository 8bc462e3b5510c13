package org.sempervox.chaos.simulation;

import java.util.List;
import java.util.Optional;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.Via;

/** What broken builds make of a call's messages. */
final class BrokenMessages {
    private BrokenMessages() {}

    static Optional<Outbound> of(Broken broken, Outbound message, SimulatedNode node) {
        if (broken == Broken.NONE || !(message instanceof Outbound.Request outbound)) {
            return Optional.of(message);
        }
        SipRequest request = outbound.request();
        String name = Long.toString(outbound.epoch());
        boolean initial = request.method().equals("INVITE") && request.cseq() == 1;
        return switch (broken) {
            case FORGOTTEN_BYE -> request.method().equals("BYE") ? Optional.empty() : Optional.of(message);
            case RINGS_ANEW ->
                initial
                        ? Optional.of(with(outbound, name + request.callId(), request.branch() + name, 1))
                        : Optional.of(message);
            case OTHER_BRANCH ->
                request.method().equals("INVITE")
                        ? Optional.of(
                                with(outbound, request.callId(), request.branch() + node.process(), request.cseq()))
                        : Optional.of(message);
            case CSEQ_FROM_ONE ->
                request.method().equals("BYE")
                        ? Optional.of(with(outbound, request.callId(), request.branch(), 0))
                        : Optional.of(message);
            case NONE,
                    FORGET_CALLER_200,
                    NEW_BRANCH,
                    EFFECTS_BEFORE_STORE,
                    FORGET_BYE,
                    FORGET_CANCEL,
                    PROMISED_CANCEL,
                    NO_RECORD,
                    DOUBLE_RECORD,
                    RESTART_CSEQ,
                    NO_FENCE,
                    KEPT_ADDRESS,
                    OLD_EPOCHS,
                    OVERWRITING_STORE,
                    SPEAKS_BEFORE_STORE,
                    FORGETS_WHAT_IT_OWES,
                    FORGOTTEN_EVENT,
                    HANGS_UP_ON_TAKE_OVER,
                    NO_STORED_RECORD,
                    SECOND_RECORD,
                    FORGOTTEN_RELEASE,
                    FORGOTTEN_SLOT,
                    FORGOTTEN_PLANS,
                    FALSE_RECORD,
                    FORGOTTEN_BINDINGS,
                    UNPUBLISHED_BINDINGS -> Optional.of(message);
        };
    }

    private static Outbound with(Outbound.Request outbound, String callId, String branch, long cseq) {
        SipRequest request = outbound.request();
        String via = request.via().getFirst();
        String sentBy = via.substring("SIP/2.0/UDP ".length(), via.indexOf(';'));
        return new Outbound.Request(
                outbound.call(),
                outbound.leg(),
                outbound.epoch(),
                outbound.flow(),
                new SipRequest(
                        request.method(),
                        request.uri(),
                        List.of(Via.udp(sentBy, branch)),
                        request.from(),
                        request.to(),
                        callId,
                        cseq,
                        request.maxForwards(),
                        request.route(),
                        request.recordRoute(),
                        request.contact(),
                        request.headers(),
                        request.contentType(),
                        request.body()));
    }
}
