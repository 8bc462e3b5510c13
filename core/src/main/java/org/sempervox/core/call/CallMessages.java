package org.sempervox.core.call;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallState.Origin;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.Sdp;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipStatus;
import org.sempervox.core.sip.SipUri;

/** The SIP messages of a call: the same state gives the same bytes on every node (S5). */
final class CallMessages {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS";

    private static final Map<String, String> ALLOWED = Map.of("allow", ALLOW);

    private final CallContext context;

    CallMessages(CallContext context) {
        this.context = context;
    }

    CallEffect.Send invite(Origin origin, Leg leg) {
        MediaLease lease = Objects.requireNonNull(origin.lease());
        String body = origin.delayedOffer() ? "" : relayed(origin.offer(), lease, leg.number(), 1);
        return inDialog("INVITE", leg.number(), leg.dialog(), 1, ALLOWED, body);
    }

    /** RFC 3261 §9.1: Request-URI, Via, To, From, Call-ID and CSeq number of the INVITE. */
    CallEffect.Send cancel(Leg leg, String reason) {
        Dialog dialog = leg.dialog();
        String branch = context.keys().branch(context.id(), leg.number(), "INVITE", 1);
        var request = dialog.request("CANCEL", 1, sentBy(dialog.flow()), branch, null, Map.of("reason", reason), "");
        return send(leg.number(), dialog.flow(), request);
    }

    CallEffect.Send inDialog(
            String method, int leg, Dialog dialog, long seq, Map<String, String> headers, String body) {
        String branch = context.keys().branch(context.id(), leg, method, seq);
        NameAddr contact = method.equals("BYE") ? null : contact(dialog);
        return send(
                leg, dialog.flow(), dialog.request(method, seq, sentBy(dialog.flow()), branch, contact, headers, body));
    }

    /** ACK of a 2xx: a transaction of its own (RFC 3261 §13.2.2.4). */
    CallEffect.Send ack(int leg, Dialog dialog, long seq, String body) {
        return inDialog("ACK", leg, dialog, seq, Map.of(), body);
    }

    /** ACK of a refusal: hop by hop, with the INVITE's branch and the refusal's To (RFC 3261 §17.1.1.3). */
    CallEffect.Send ackRefusal(int leg, Dialog dialog, SipResponse refusal) {
        String branch = context.keys().branch(context.id(), leg, "INVITE", refusal.cseq());
        SipRequest base = dialog.request("ACK", refusal.cseq(), sentBy(dialog.flow()), branch, null, Map.of(), "");
        var ack = new SipRequest(
                base.method(),
                base.uri(),
                base.via(),
                base.from(),
                refusal.to(),
                base.callId(),
                base.cseq(),
                base.maxForwards(),
                base.route(),
                base.recordRoute(),
                null,
                base.headers(),
                null,
                "");
        return send(leg, dialog.flow(), ack);
    }

    CallEffect.Send bye(int leg, Dialog dialog, int q850) {
        return inDialog("BYE", leg, dialog, dialog.localSeq() + 1, Map.of("reason", "Q.850;cause=" + q850), "");
    }

    /** A response with our tag of the leg in To. */
    CallEffect.Send respond(ReplyRecipe recipe, int leg, int status, Map<String, String> headers, String body) {
        boolean describes = !body.isEmpty() || recipe.method().equals("INVITE") && status < 300;
        NameAddr contact = describes ? NameAddr.of(SipUri.of(recipe.to().user(), sentBy(recipe.flow()))) : null;
        NameAddr to = status == SipStatus.TRYING || recipe.to().tag() != null
                ? recipe.to()
                : recipe.to().withTag(context.keys().tag(context.id(), leg));
        var response = new SipResponse(
                status,
                SipStatus.reason(status),
                recipe.via(),
                recipe.from(),
                to,
                recipe.callId(),
                recipe.cseq(),
                recipe.method(),
                status < 300 ? recipe.recordRoute() : List.of(),
                contact,
                headers,
                body.isEmpty() ? null : "application/sdp",
                body);
        return new CallEffect.Send(new Outbound.Response(context.id(), context.epoch(), recipe.flow(), response));
    }

    CallEffect.Send respond(ReplyRecipe recipe, int leg, int status) {
        Map<String, String> headers = status == SipStatus.METHOD_NOT_ALLOWED
                        || status == SipStatus.OK && recipe.method().equals("OPTIONS")
                ? ALLOWED
                : status == SipStatus.SERVICE_UNAVAILABLE ? Map.of("retry-after", "5") : Map.of();
        return respond(recipe, leg, status, headers, "");
    }

    CallEffect.Send answer(ReplyRecipe recipe, int leg, String body) {
        return respond(recipe, leg, SipStatus.OK, ALLOWED, body);
    }

    /** The other side's description as we give it to a leg. */
    String relayed(String sdp, @Nullable MediaLease lease, int toLeg, int version) {
        if (lease == null || sdp.isEmpty()) {
            return "";
        }
        int port = toLeg == 0 ? lease.callerPort() : lease.calleePort();
        long session = Integer.toUnsignedLong((context.id() + "/" + toLeg).hashCode());
        return Sdp.parse(sdp)
                .map(parsed -> parsed.relayed(lease.host(), port, session, version))
                .orElse("");
    }

    private NameAddr contact(Dialog dialog) {
        return NameAddr.of(SipUri.of(dialog.local().user(), sentBy(dialog.flow())));
    }

    private CallEffect.Send send(int leg, Flow flow, SipRequest request) {
        return new CallEffect.Send(new Outbound.Request(context.id(), leg, context.epoch(), flow, request));
    }

    private String sentBy(Flow flow) {
        return context.addresses().get(flow.service()).sentBy();
    }
}
