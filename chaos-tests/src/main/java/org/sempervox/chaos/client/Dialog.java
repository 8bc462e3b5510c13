package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dialog of RFC 3261 §12 as a phone keeps it. */
final class Dialog {
    final String callId;
    final String localTag;
    final String remoteTag;
    private final String local;
    private final String remote;
    private final List<String> routes;
    private String target;
    private int localCseq;
    private long remoteCseq;

    private Dialog(
            SipMessage message,
            String local,
            String localTag,
            String remote,
            String remoteTag,
            List<String> routes,
            String target) {
        this.callId = message.callId();
        this.local = local;
        this.localTag = localTag;
        this.remote = remote;
        this.remoteTag = remoteTag;
        this.routes = routes;
        this.target = target;
    }

    /** The caller's side, made by a response to its INVITE (§12.1.2). */
    static Dialog ofCaller(SipMessage invite, SipMessage response) {
        String contact = response.contact();
        Dialog dialog = new Dialog(
                response,
                invite.get("From"),
                invite.fromTag(),
                response.get("To"),
                response.toTag(),
                response.values("Record-Route").reversed(),
                contact == null ? invite.uri : contact);
        dialog.localCseq = (int) invite.cseq();
        dialog.remoteCseq = -1;
        return dialog;
    }

    /** The callee's side, made by its answer to an INVITE (§12.1.1). */
    static Dialog ofCallee(SipMessage invite, String localTag) {
        String contact = invite.contact();
        Dialog dialog = new Dialog(
                invite,
                invite.get("To") + ";tag=" + localTag,
                localTag,
                invite.get("From"),
                invite.fromTag(),
                invite.values("Record-Route"),
                contact == null ? HeaderValue.uri(invite.get("From")) : contact);
        dialog.remoteCseq = invite.cseq();
        return dialog;
    }

    boolean matches(String otherCallId, String myTag, String peerTag) {
        return callId.equals(otherCallId) && localTag.equals(myTag) && remoteTag.equals(peerTag);
    }

    int nextCseq() {
        localCseq++;
        return localCseq;
    }

    /** False if the peer's number does not rise (§12.2.2). */
    boolean accept(long cseq) {
        if (remoteCseq >= 0 && cseq <= remoteCseq) {
            return false;
        }
        remoteCseq = cseq;
        return true;
    }

    long remoteCseq() {
        return remoteCseq;
    }

    /** Target refresh by a re-INVITE or UPDATE, or the answer to one. */
    void refresh(SipMessage message) {
        String contact = message.contact();
        if (contact != null) {
            target = contact;
        }
    }

    /** §12.2.1.1, without Via. */
    SipMessage request(String method, long cseq) {
        boolean strict = !routes.isEmpty() && !isLoose(routes.getFirst());
        SipMessage request = SipMessage.request(method, strict ? HeaderValue.uri(routes.getFirst()) : target);
        request.add("Max-Forwards", "70");
        for (String route : strict ? routes.subList(1, routes.size()) : routes) {
            request.add("Route", route);
        }
        if (strict) {
            request.add("Route", "<" + target + ">");
        }
        return request.add("From", local)
                .add("To", remote)
                .add("Call-ID", callId)
                .add("CSeq", cseq + " " + method);
    }

    private static boolean isLoose(String route) {
        SipUri uri = SipUri.parse(HeaderValue.uri(route));
        return uri != null && uri.loose();
    }

    /** Where requests go; null if no number can be read there. */
    @Nullable
    InetSocketAddress hop() {
        SipUri uri = SipUri.parse(routes.isEmpty() ? target : HeaderValue.uri(routes.getFirst()));
        return uri == null ? null : uri.numeric();
    }

    String target() {
        return target;
    }
}
