package org.sempervox.sip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;

/** The edge behind a real socket. */
class EdgeTest {
    private final EdgeFixture edge = new EdgeFixture();
    private final EdgeFixture.Phone phone = edge.phone();

    EdgeTest() throws Exception {}

    @AfterEach
    void stop() {
        edge.close();
    }

    private String ask(String method, String target, String toTag, String... more) throws Exception {
        phone.say(phone.request(method, target, toTag, more));
        return phone.hear();
    }

    @Test
    void inviteIsChallengedAndThenPlaced_S10() throws Exception {
        String challenge = ask("INVITE", "sip:200@pbx.example", "");
        assertThat(challenge).startsWith("SIP/2.0 407 ").contains("Proxy-Authenticate: Digest realm=\"pbx.example\"");
        phone.say(phone.request("ACK", "sip:200@pbx.example", "e0123"));
        phone.say(phone.request(
                "INVITE",
                "sip:200@pbx.example",
                "",
                "Proxy-Authorization: " + phone.credentials(challenge, "INVITE", "sip:200@pbx.example", "100")));
        var placed = (CallCommand.PlaceCall) edge.delivered();
        assertThat(placed.caller()).isEqualTo("100");
        assertThat(placed.dialled()).isEqualTo("200");
        assertThat(placed.flow()).isEqualTo(Flow.udp(0, "127.0.0.1", phone.port()));
        assertThat(placed.invite().headers()).doesNotContainKeys("proxy-authorization", "authorization");
        assertThat(edge.lastCall()).isEqualTo(edge.keys.callId("call-1", "ft", 1));
        assertThat(edge.trace.of("call-1"))
                .hasSize(4)
                .noneMatch(entry -> entry.text().contains("response="))
                .anyMatch(entry -> entry.text().contains("Proxy-Authorization: …"));
    }

    @Test
    void anotherUserInFromIsForbidden() throws Exception {
        String challenge = ask("INVITE", "sip:200@pbx.example", "");
        String answer = ask(
                "INVITE",
                "sip:200@pbx.example",
                "",
                "Proxy-Authorization: " + phone.credentials(challenge, "INVITE", "sip:200@pbx.example", "101"));
        assertThat(answer).startsWith("SIP/2.0 403 ");
        assertThat(edge.nothingDelivered()).isTrue();
    }

    @Test
    void registerReachesTheRegistrar_RFC3261_10_3() throws Exception {
        String challenge = ask("REGISTER", "sip:pbx.example", "");
        assertThat(challenge).startsWith("SIP/2.0 401 ").contains("WWW-Authenticate: Digest ");
        String answer = ask(
                "REGISTER",
                "sip:pbx.example",
                "",
                "Authorization: " + phone.credentials(challenge, "REGISTER", "sip:pbx.example", "100"),
                "Contact: <sip:100@127.0.0.1:9>",
                "Expires: 300");
        assertThat(answer).startsWith("SIP/2.0 200 ").contains("Contact: <sip:100@127.0.0.1:9>;expires=300\r\n");
    }

    @Test
    void requestInsideADialogGoesToItsLegByTag_S11() throws Exception {
        String call = edge.keys.callId("x", "y", 1);
        phone.say(phone.request("BYE", "sip:200@127.0.0.1", edge.keys.tag(call, 1)));
        var report = (CallCommand.ReportRequest) edge.delivered();
        assertThat(report.leg()).isEqualTo(1);
        assertThat(edge.lastCall()).isEqualTo(call);
        phone.say(phone.request("ACK", "sip:200@127.0.0.1", edge.keys.tag(call, 0)));
        assertThat(CallDirectory.onlyIfLive(edge.delivered())).isTrue();
        assertThat(ask("BYE", "sip:200@127.0.0.1", edge.keys.tag(call, 1) + "x"))
                .startsWith("SIP/2.0 481 ");
        assertThat(ask("INVITE", "sip:200@127.0.0.1", "foreign")).startsWith("SIP/2.0 481 ");
    }

    @Test
    void cancelGoesToTheCallOfItsInviteAndIsAnsweredThere_S12() throws Exception {
        phone.say(phone.request("CANCEL", "sip:200@pbx.example", ""));
        CallCommand cancel = edge.delivered();
        assertThat(cancel).isInstanceOf(CallCommand.ReportCancel.class);
        assertThat(CallDirectory.onlyIfLive(cancel)).isTrue();
        assertThat(edge.lastCall()).isEqualTo(edge.keys.callId("call-1", "ft", 1));
        for (int i = 0; i < 200; i++) {
            phone.say(phone.request("CANCEL", "sip:200@pbx.example", ""));
        }
        phone.say(phone.request("OPTIONS", "sip:pbx.example", ""));
        phone.hearUntil("CSeq: 1 OPTIONS");
        assertThat(edge.edge.figures().get("cancel-over-limit")).isPositive();
    }

    @Test
    void responsesGoByTheirFromTag_S13() throws Exception {
        String call = edge.keys.callId("x", "y", 1);
        var invite = new SipRequest(
                "INVITE",
                "sip:200@127.0.0.1",
                List.of("SIP/2.0/UDP 127.0.0.1:1;rport;branch=" + edge.keys.branch(call, 1, "INVITE", 1)),
                NameAddr.of("sip:100@pbx.example").withTag(edge.keys.tag(call, 1)),
                NameAddr.of("sip:200@pbx.example"),
                "d",
                1,
                70,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                "");
        edge.output.send(new Outbound.Request(call, 1, 5, phone.flow(), invite));
        assertThat(phone.hear()).startsWith("INVITE sip:200@127.0.0.1 SIP/2.0\r\n");
        phone.say(phone.response(invite, "180 Ringing", invite.from().text()));
        var ringing = (CallCommand.ReportResponse) edge.delivered();
        assertThat(ringing.leg()).isEqualTo(1);
        assertThat(ringing.response().status()).isEqualTo(180);
        phone.say(phone.response(invite, "200 OK", "<sip:100@pbx.example>;tag=foreign"));
        phone.say(phone.response(invite, "200 OK", invite.from().text()));
        assertThat(((CallCommand.ReportResponse) edge.delivered()).response().status())
                .isEqualTo(200);
        assertThat(edge.edge.figures()).containsEntry("foreign-response", 1L);
        edge.output.send(new Outbound.Request(call, 1, 4, phone.flow(), invite));
        assertThat(edge.output.figures()).containsEntry("outdated", 1L);
    }

    @Test
    void unansweredRequestIsReportedToItsCall() {
        String call = edge.keys.callId("x", "y", 1);
        var bye = new SipRequest(
                "BYE",
                "sip:200@127.0.0.1",
                List.of("SIP/2.0/UDP a;branch=z9hG4bKb"),
                NameAddr.of("sip:100@a").withTag("t"),
                NameAddr.of("sip:200@a"),
                "d",
                3,
                70,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                "");
        edge.output.send(new Outbound.Request(call, 1, 0, phone.flow(), bye));
        edge.nanos.addAndGet(Duration.ofSeconds(33).toNanos());
        edge.output.tick();
        var failure = (CallCommand.ReportTransactionFailure) edge.delivered();
        assertThat(failure.status()).isEqualTo(408);
        assertThat(failure.method()).isEqualTo("BYE");
        edge.output.send(new Outbound.Request(call, 1, 0, Flow.udp(0, "no.number", 5060), bye));
        assertThat(((CallCommand.ReportTransactionFailure) edge.delivered()).status())
                .isEqualTo(503);
    }

    @Test
    void requestsOutsideDialogsAreCheckedInOrder_RFC3261_8_2() throws Exception {
        assertThat(ask("OPTIONS", "sip:pbx.example", ""))
                .startsWith("SIP/2.0 200 ")
                .contains("Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER\r\n")
                .contains("Accept: application/sdp\r\n");
        phone.say(phone.request("INVITE", "tel:200", "").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        assertThat(phone.hear()).startsWith("SIP/2.0 483 ");
        assertThat(ask("INVITE", "tel:200", "", "Require: foo")).startsWith("SIP/2.0 416 ");
        assertThat(ask("INVITE", "sip:200@a", "", "Require: foo, bar"))
                .startsWith("SIP/2.0 420 ")
                .contains("Unsupported: foo, bar\r\n");
        assertThat(ask("MESSAGE", "sip:200@a", "")).startsWith("SIP/2.0 405 ").contains("Allow: ");
        assertThat(ask("FROBNICATE", "sip:200@a", ""))
                .startsWith("SIP/2.0 501 ")
                .contains("Allow: ");
        assertThat(ask("BYE", "sip:200@a", "")).startsWith("SIP/2.0 481 ");
        String looped = "Via: SIP/2.0/UDP " + edge.address.sentBy() + ";branch=z9hG4bKours";
        assertThat(ask("INVITE", "sip:200@a", "", looped)).startsWith("SIP/2.0 482 ");
        assertThat(ask("INVITE", "sip:200@a", "", "Content-Length: 99")).startsWith("SIP/2.0 400 ");
        edge.ready = false;
        assertThat(ask("INVITE", "sip:200@a", "")).startsWith("SIP/2.0 503 ").contains("Retry-After: 2\r\n");
        assertThat(edge.nothingDelivered()).isTrue();
    }

    @Test
    void whileNothingCanBeStoredNewRequestsArePutOff_S28() throws Exception {
        String call = edge.keys.callId("x", "y", 1);
        String tag = edge.keys.tag(call, 1);
        phone.say(phone.request("INVITE", "sip:200@a", tag));
        edge.delivered();
        String challenge = ask("INVITE", "sip:200@pbx.example", "");
        String invite = phone.request(
                "INVITE",
                "sip:200@pbx.example",
                "",
                "Proxy-Authorization: " + phone.credentials(challenge, "INVITE", "sip:200@pbx.example", "100"));
        phone.say(invite);
        edge.delivered();
        edge.stores = false;
        phone.say(invite);
        assertThat(edge.delivered()).as("repeated").isInstanceOf(CallCommand.PlaceCall.class);
        phone.say(phone.request("INVITE", "sip:200@a", tag));
        assertThat(edge.delivered()).as("repeated").isInstanceOf(CallCommand.ReportRequest.class);
        phone.say(invite.replace("call-1", "call-2"));
        assertThat(phone.hear()).startsWith("SIP/2.0 503 ").contains("Retry-After: 5\r\n");
        phone.say(phone.request("INVITE", "sip:200@a", edge.keys.tag(call, 0)));
        assertThat(phone.hear()).startsWith("SIP/2.0 500 ").contains("Retry-After: 5\r\n");
        phone.say(phone.request("BYE", "sip:200@a", tag));
        assertThat(edge.delivered()).as("waits").isInstanceOf(CallCommand.ReportRequest.class);
        edge.stores = true;
        phone.say(invite.replace("call-1", "call-2"));
        assertThat(phone.hear())
                .as("its caller has been refused: it must not ring as a ghost")
                .startsWith("SIP/2.0 503 ");
        phone.say(invite.replace("call-1", "call-2").replace("branch=z9hG4bK", "branch=z9hG4bKnew"));
        assertThat(phone.hear()).as("asked again, as a new request").startsWith("SIP/2.0 407 ");
    }

    @Test
    void sameRequestGetsTheSameTag_RFC3261_8_2_7() throws Exception {
        String first = ask("MESSAGE", "sip:200@a", "");
        assertThat(ask("MESSAGE", "sip:200@a", "")).isEqualTo(first);
    }

    @Test
    void hostileInputLeavesTheListenerAlive() throws Exception {
        var random = new java.util.Random(7);
        String good = phone.request("INVITE", "sip:200@pbx.example", "");
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.getBytes(StandardCharsets.UTF_8);
            for (int change = 0; change < 6; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            phone.sayBytes(bad);
        }
        phone.sayBytes("<".repeat(60_000).getBytes(StandardCharsets.UTF_8));
        phone.say(good.replace("<sip:100@pbx.example>", "<".repeat(3000) + "sip:1@a" + ">".repeat(3000)));
        phone.say(good.replace("<sip:100@pbx.example>", "<sip:1@a" + ";a".repeat(1900) + ">"));
        phone.say(phone.request("OPTIONS", "sip:pbx.example", "").replace("call-1", "after"));
        assertThat(phone.hearUntil("Call-ID: after")).startsWith("SIP/2.0 200 ");
        assertThat(edge.transport.counters().figures()).containsEntry("survived", 0L);
    }

    @Test
    void brokenCallDirectoryMeans500() throws Exception {
        edge.broken = true;
        assertThat(ask("BYE", "sip:200@a", edge.keys.tag(edge.keys.callId("x", "y", 1), 0)))
                .startsWith("SIP/2.0 500 ");
    }
}
