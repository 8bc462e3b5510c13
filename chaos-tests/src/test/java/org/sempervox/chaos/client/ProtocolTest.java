package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One phone against a peer whose every byte the test writes. */
final class ProtocolTest {
    private static final Duration SOON = CallTest.SOON;
    private final Swarm swarm = Swarm.open();
    private final BarePeer peer = new BarePeer();
    private final Phone phone = swarm.phone(CallTest.config(peer.address(), "bob"));

    @AfterEach
    void close() {
        peer.close();
        swarm.close();
        assertThat(swarm.faults()).isEmpty();
    }

    private void say(String method, String branch, String to, String cseq) {
        peer.send(
                phone.address(),
                method + " sip:bob@example.org SIP/2.0",
                "Via: SIP/2.0/UDP " + SipUri.literal(peer.address()) + ";rport;branch=z9hG4bK" + branch,
                "From: <sip:alice@example.org>;tag=a",
                "To: " + to,
                "Call-ID: call-1",
                "CSeq: " + cseq + " " + method,
                "Contact: <sip:alice@" + SipUri.literal(peer.address()) + ">");
    }

    private Trace.Rule onlyViolation() {
        assertThat(phone.trace().violations()).hasSize(1);
        return phone.trace().violations().getFirst().rule();
    }

    @Test
    void repeatedInviteRingsOnceAndOtherBranchIsRefused() {
        say("INVITE", "1", "<sip:bob@example.org>", "1");
        SipMessage ringing = peer.receive();
        assertThat(ringing.status).isEqualTo(180);
        say("INVITE", "1", "<sip:bob@example.org>", "1");
        assertThat(peer.receive().encode()).isEqualTo(ringing.encode());
        assertThat(Soon.of(phone.calls(SOON))).hasSize(1);
        assertThat(phone.trace().violations()).isEmpty();
        say("INVITE", "2", "<sip:bob@example.org>", "1");
        assertThat(peer.receive().status).isEqualTo(482);
        assertThat(onlyViolation()).isEqualTo(Trace.Rule.INVITE_WITH_OTHER_BRANCH);
        assertThat(Soon.of(phone.calls(SOON))).hasSize(1);
    }

    @Test
    void successIsRepeatedUntilTheAckAndLowCseqIsRefused() {
        say("INVITE", "1", "<sip:bob@example.org>", "5");
        assertThat(peer.receive().status).isEqualTo(180);
        Call call = Soon.of(phone.nextCall(SOON)).orElseThrow();
        CompletableFuture<Outcome> answer = call.answer(SOON);
        SipMessage first = peer.receive();
        SipMessage second = peer.receive();
        assertThat(first.status).isEqualTo(200);
        assertThat(second.encode()).isEqualTo(first.encode());
        assertThat(first.sdp()).isNotNull();
        say("ACK", "2", first.get("To"), "5");
        assertThat(Soon.of(answer).isOk()).isTrue();
        say("INVITE", "3", first.get("To"), "4");
        assertThat(peer.receiveFinal().status).isEqualTo(500);
        assertThat(phone.trace().violations()).extracting(Trace.Violation::rule).contains(Trace.Rule.CSEQ_NOT_RISING);
        say("OPTIONS", "o", first.get("To"), "6");
        say("BYE", "4", first.get("To"), "7");
        SipMessage bye = peer.receiveFinal();
        while (!bye.cseqMethod().equals("BYE")) {
            bye = peer.receiveFinal();
        }
        assertThat(bye.status).isEqualTo(200);
        say("BYE", "4", first.get("To"), "7");
        assertThat(peer.receive().encode()).isEqualTo(bye.encode());
        assertThat(call.state()).isEqualTo(Call.State.ENDED);
    }

    @Test
    void unknownDialogIs481() {
        say("BYE", "1", "<sip:bob@example.org>;tag=nobody", "2");
        assertThat(peer.receive().status).isEqualTo(481);
        assertThat(onlyViolation()).isEqualTo(Trace.Rule.UNEXPECTED_REQUEST);
    }

    @Test
    void registersWithSha256AndTakesAStaleNonce() {
        CompletableFuture<Outcome> result = phone.register(Duration.ofMinutes(1), SOON);
        SipMessage first = peer.receive();
        assertThat(first.find("Authorization")).isNull();
        peer.answer(
                phone.address(),
                first,
                "401 Unauthorized",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5");
        SipMessage second = peer.receive();
        assertThat(second.get("Authorization"))
                .contains("nonce=\"n1\"", "algorithm=SHA-256", "nc=00000001", "uri=\"sip:example.org\"");
        assertThat(second.cseq()).isEqualTo(2);
        assertThat(second.callId()).isEqualTo(first.callId());
        peer.answer(
                phone.address(),
                second,
                "401 Unauthorized",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256, stale=true");
        SipMessage third = peer.receive();
        peer.answer(phone.address(), third, "200 OK", "Contact: <sip:x@1.2.3.4>;expires=60, <sip:y@1.2.3.4>");
        assertThat(Soon.of(result))
                .isInstanceOfSatisfying(
                        Outcome.Ok.class, ok -> assertThat(ok.contacts()).hasSize(2));
        CompletableFuture<Outcome> again = phone.query(SOON);
        SipMessage fourth = peer.receive();
        assertThat(fourth.get("Authorization")).contains("nonce=\"n2\"", "nc=00000002");
        assertThat(fourth.find("Contact")).isNull();
        peer.answer(
                phone.address(),
                fourth,
                "401 Unauthorized",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256");
        assertThat(Soon.of(again)).isEqualTo(Outcome.failed(401, "Unauthorized"));
    }

    @Test
    void inviteAnswersAProxysChallengeAndRepeatsTheAck() {
        Call call = phone.call("100");
        SipMessage first = peer.receive();
        peer.answer(
                phone.address(),
                first,
                "407 Proxy Authentication Required",
                "Proxy-Authenticate: Digest realm=\"r\", nonce=\"p\"");
        assertThat(peer.receive().method).isEqualTo("ACK");
        SipMessage second = peer.receive();
        assertThat(second.get("Proxy-Authorization")).contains("nonce=\"p\"").doesNotContain("qop");
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        String contact = "Contact: <sip:100@" + SipUri.literal(peer.address()) + ">";
        peer.answer(phone.address(), second, "200 OK", contact);
        SipMessage ack = peer.receive();
        assertThat(ack.method).isEqualTo("ACK");
        assertThat(ack.get("Proxy-Authorization")).isEqualTo(second.get("Proxy-Authorization"));
        peer.answer(phone.address(), second, "200 OK", contact);
        assertThat(peer.receive().encode()).isEqualTo(ack.encode());
        assertThat(Soon.of(call.answered(SOON)).isOk()).isTrue();
        CompletableFuture<Outcome> hold = call.hold(HoldStyle.INACTIVE, SOON);
        SipMessage invite = peer.receive();
        peer.answer(phone.address(), invite, "481 Gone");
        assertThat(peer.receive().method).isEqualTo("ACK");
        assertThat(Soon.of(hold)).isEqualTo(Outcome.failed(481, "Gone"));
        assertThat(phone.trace().violations())
                .extracting(Trace.Violation::rule)
                .contains(Trace.Rule.DIALOG_UNKNOWN_TO_PEER);
        assertThat(call.state()).isEqualTo(Call.State.ENDED);
    }

    @Test
    void aSecondCallFromTheSameCallerWhileRingingIsNoticed() {
        say("INVITE", "1", "<sip:bob@example.org>", "1");
        assertThat(peer.receive().status).isEqualTo(180);
        peer.send(
                phone.address(),
                "INVITE sip:bob@example.org SIP/2.0",
                "Via: SIP/2.0/UDP " + SipUri.literal(peer.address()) + ";rport;branch=z9hG4bK77",
                "From: <sip:alice@example.org>;tag=b",
                "To: <sip:bob@example.org>",
                "Call-ID: call-2",
                "CSeq: 1 INVITE",
                "Contact: <sip:alice@" + SipUri.literal(peer.address()) + ">");
        assertThat(peer.receive().status).isEqualTo(180);
        assertThat(onlyViolation()).isEqualTo(Trace.Rule.DOUBLE_RINGING);
        assertThat(Soon.of(phone.hangUpAll(SOON)).isOk()).isTrue();
        assertThat(Soon.of(phone.calls(SOON))).isEmpty();
    }

    @Test
    void aSecondDialogIsAcknowledgedAndEnded() {
        Call call = phone.call("100");
        SipMessage invite = peer.receive();
        String contact = "Contact: <sip:100@" + SipUri.literal(peer.address()) + ">";
        peer.answer(phone.address(), invite, "200 OK", contact);
        assertThat(peer.receive().toTag()).isEqualTo("bare");
        invite.set("To", invite.get("To") + ";tag=other");
        peer.answer(phone.address(), invite, "200 OK", contact);
        SipMessage ack = peer.receive();
        SipMessage bye = peer.receive();
        assertThat(ack.method + ack.toTag()).isEqualTo("ACKother");
        assertThat(bye.method + bye.toTag()).isEqualTo("BYEother");
        assertThat(phone.trace().violations()).extracting(Trace.Violation::rule).contains(Trace.Rule.TO_TAG_CHANGED);
        assertThat(call.state()).isEqualTo(Call.State.TALKING);
    }

    @Test
    void cancelSurvivesAChallenge() {
        Call call = phone.call("100");
        SipMessage first = peer.receive();
        CompletableFuture<Outcome> cancel = call.cancel(SOON);
        peer.answer(phone.address(), first, "401 Who", "WWW-Authenticate: Digest realm=\"r\", nonce=\"p\"");
        assertThat(peer.receive().method).isEqualTo("ACK");
        SipMessage second = peer.receive();
        peer.answer(phone.address(), second, "180 Ringing");
        SipMessage cancelling = peer.receive();
        assertThat(cancelling.method).isEqualTo("CANCEL");
        assertThat(cancelling.branch()).isEqualTo(second.branch());
        assertThat(cancelling.cseq()).isEqualTo(second.cseq());
        peer.answer(phone.address(), cancelling, "200 OK");
        peer.answer(phone.address(), second, "487 Gone");
        assertThat(Soon.of(cancel)).isEqualTo(Outcome.ok(487, "Gone"));
    }
}
