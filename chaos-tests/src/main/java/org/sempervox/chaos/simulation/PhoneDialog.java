package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A simulated phone's side of one dialog (RFC 3261 §12) and of its session (RFC 3264). */
final class PhoneDialog {
    enum Phase {
        CALLING,
        RINGING,
        ESTABLISHED,
        ENDED
    }

    private final String host;
    final String callId;
    final String localTag;
    final NameAddr local;
    final NameAddr remote;
    final boolean caller;

    @Nullable
    String remoteTag;

    String target;
    long localSeq;
    long remoteSeq = -1;
    Phase phase;
    String end = "open";
    boolean answered;

    @Nullable
    Instant answeredAt;

    @Nullable
    Instant endedAt;

    private int sdpVersion;

    /** What we offer or answered last: a direction, or {@code 0.0.0.0} for RFC 2543's hold. */
    String direction = "sendrecv";

    /** Directions that the other side announced, without repetitions. */
    final List<String> heard = new ArrayList<>();

    PhoneDialog(
            String host, String callId, String localTag, NameAddr local, NameAddr remote, String target, Phase phase) {
        this.host = host;
        this.callId = callId;
        this.localTag = localTag;
        this.local = local;
        this.remote = remote;
        this.target = target;
        this.phase = phase;
        this.caller = phase == Phase.CALLING;
    }

    void end(String how, Instant at) {
        phase = Phase.ENDED;
        if (end.equals("open")) {
            end = how;
            endedAt = at;
        }
    }

    /** From the answer to the end; empty if it was not answered or has not ended. */
    Optional<Duration> talked() {
        return answeredAt == null || endedAt == null
                ? Optional.empty()
                : Optional.of(Duration.between(answeredAt, endedAt));
    }

    String text() {
        String story = heard.size() > 1 ? " " + String.join(">", heard) : "";
        return (answered ? "talked " : "") + end + story;
    }

    SipRequest request(String method, long seq, String branch, String body) {
        NameAddr to = remoteTag == null ? remote : remote.withTag(remoteTag);
        return new SipRequest(
                method,
                target,
                List.of("SIP/2.0/UDP " + host + ":5060;rport;branch=" + branch),
                local.withTag(localTag),
                to,
                callId,
                seq,
                70,
                List.of(),
                List.of(),
                contact(),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    SipResponse response(SipRequest request, int status, String body) {
        return new SipResponse(
                status,
                "-",
                request.via(),
                request.from(),
                status == 100 ? request.to() : request.to().withTag(localTag),
                request.callId(),
                request.cseq(),
                request.method(),
                List.of(),
                contact(),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    private NameAddr contact() {
        return NameAddr.of("sip:" + local.user() + "@" + host + ":5060");
    }

    String sdp(String wanted) {
        sdpVersion++;
        boolean old = wanted.equals("0.0.0.0");
        return "v=0\r\no=- 7 " + sdpVersion + " IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + (old ? "0.0.0.0" : host)
                + "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8 0\r\na=rtpmap:8 PCMA/8000\r\n"
                + (old ? "" : "a=" + wanted + "\r\n");
    }

    /** Takes the other side's description and gives the direction of our answer to it (RFC 3264 §6.1). */
    String hear(String body) {
        String theirs = body.contains("c=IN IP4 0.0.0.0") ? "sendonly" : "sendrecv";
        for (String line : body.lines().toList()) {
            switch (line) {
                case "a=sendonly", "a=recvonly", "a=inactive" -> theirs = line.substring(2);
                default -> {}
            }
        }
        if (heard.isEmpty() || !heard.getLast().equals(theirs)) {
            heard.add(theirs);
        }
        boolean holding = !direction.equals("sendrecv") && !direction.equals("recvonly");
        return switch (theirs) {
            case "sendonly" -> holding ? "inactive" : "recvonly";
            case "recvonly" -> direction.equals("inactive") ? "inactive" : "sendonly";
            case "inactive" -> "inactive";
            default -> holding && !direction.equals("0.0.0.0") ? direction : "sendrecv";
        };
    }
}
