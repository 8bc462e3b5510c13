package org.sempervox.core.dialog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.Via;

/**
 * One dialog of ours (RFC 3261 §12) as a value, from the first INVITE on: early while {@code remoteTag} is null on the calling side.
 *
 * @param callId the dialog's Call-ID
 * @param local our side, without tag
 * @param remote their side, without tag
 * @param localSeq last CSeq that we used, 0 for none
 * @param remoteSeq last CSeq that they used, -1 for none
 * @param routeSet Route values of our requests, in order (§12.1.1, §12.1.2)
 * @param remoteTarget their Contact URI, the Request-URI of our requests
 * @param flow where our requests go: the address their packets were last seen from (S18)
 */
public record Dialog(
        String callId,
        String localTag,
        @Nullable String remoteTag,
        NameAddr local,
        NameAddr remote,
        long localSeq,
        long remoteSeq,
        List<NameAddr> routeSet,
        String remoteTarget,
        Flow flow) {
    public Dialog {
        routeSet = List.copyOf(routeSet);
    }

    /** How a request's CSeq stands to the last one (RFC 3261 §12.2.2). */
    public enum Order {
        FRESH,
        REPEATED,
        STALE
    }

    /** The dialog that a received INVITE opens (§12.1.1): its Record-Route in order. */
    public static Dialog called(SipRequest invite, Flow flow, String localTag) {
        NameAddr contact = invite.contact();
        return new Dialog(
                invite.callId(),
                localTag,
                invite.from().tag(),
                withoutTag(invite.to()),
                withoutTag(invite.from()),
                0,
                invite.cseq(),
                invite.recordRoute(),
                contact == null ? invite.from().uri() : contact.uri(),
                flow);
    }

    /** The dialog that an INVITE of ours with CSeq 1 is about to open. */
    public static Dialog calling(
            String callId, String localTag, NameAddr local, NameAddr remote, String target, Flow flow) {
        return new Dialog(callId, localTag, null, local, remote, 1, -1, List.of(), target, flow);
    }

    /** Confirmed by their 2xx (§12.1.2): tag, target, Record-Route in reverse order. */
    public Dialog confirmed(SipResponse answer) {
        NameAddr contact = answer.contact();
        return new Dialog(
                callId,
                localTag,
                answer.to().tag(),
                local,
                remote,
                localSeq,
                remoteSeq,
                answer.recordRoute().reversed(),
                contact == null ? remoteTarget : contact.uri(),
                flow);
    }

    public Order order(long cseq) {
        return cseq > remoteSeq ? Order.FRESH : cseq == remoteSeq ? Order.REPEATED : Order.STALE;
    }

    /** Belongs to this dialog: Call-ID and both tags (S11). */
    public boolean matches(SipRequest request) {
        return request.callId().equals(callId)
                && localTag.equals(request.to().tag())
                && (remoteTag == null || remoteTag.equals(request.from().tag()));
    }

    public Dialog received(long cseq, Flow from) {
        return new Dialog(
                callId,
                localTag,
                remoteTag,
                local,
                remote,
                localSeq,
                Math.max(remoteSeq, cseq),
                routeSet,
                remoteTarget,
                from);
    }

    /** Target refresh (§12.2.1.2, §12.2.2); null leaves the target. */
    public Dialog retargeted(@Nullable NameAddr contact) {
        return contact == null
                ? this
                : new Dialog(
                        callId, localTag, remoteTag, local, remote, localSeq, remoteSeq, routeSet, contact.uri(), flow);
    }

    public Dialog sent(long cseq) {
        return new Dialog(
                callId,
                localTag,
                remoteTag,
                local,
                remote,
                Math.max(localSeq, cseq),
                remoteSeq,
                routeSet,
                remoteTarget,
                flow);
    }

    /** A request of ours in this dialog (§12.2.1.1). {@code body} is SDP or empty. */
    public SipRequest request(
            String method,
            long cseq,
            String sentBy,
            String branch,
            @Nullable NameAddr contact,
            Map<String, String> headers,
            String body) {
        return new SipRequest(
                method,
                remoteTarget,
                List.of(Via.udp(sentBy, branch)),
                local.withTag(localTag),
                remoteTag == null ? remote : remote.withTag(remoteTag),
                callId,
                cseq,
                70,
                routeSet,
                List.of(),
                contact,
                headers,
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    private static NameAddr withoutTag(NameAddr address) {
        var params = new java.util.LinkedHashMap<>(address.params());
        params.remove("tag");
        return new NameAddr(address.display(), address.uri(), params);
    }
}
