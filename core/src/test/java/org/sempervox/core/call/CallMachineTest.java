package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.core.call.Story.ANSWER;
import static org.sempervox.core.call.Story.BOB;
import static org.sempervox.core.call.Story.OFFER;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;

class CallMachineTest {
    private final Story story = new Story();

    @Test
    void plainCallIsFourWrites() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 2, ""), Story.ALICE));
        assertThat(story.answers()).containsExactly(200);
        SipRequest bye = story.sent("BYE");
        story.applied();
        story.response(1, bye, 200, "");
        assertThat(story.writes).as("S2").isEqualTo(4);
        assertThat(story.journal).hasSize(4);
        story.after(Duration.ofSeconds(33));
        assertThat(story.effects).contains(new CallEffect.Finish());
    }

    @Test
    void nothingLeavesBeforePlacedIsStored() {
        story.place(OFFER);
        assertThat(story.answers()).as("S3").isEmpty();
        story.prepared(Story.ring(BOB));
        assertThat(story.journal).hasSize(1);
        assertThat(story.answers()).containsExactly(100);
        assertThat(story.sent("INVITE").body()).contains("m=audio 10002 ").contains("c=IN IP4 127.0.0.11");
    }

    @Test
    void takenOverWhileRingingSendsTheSameInvite() {
        SipRequest before = story.ringing().sent("INVITE");
        assertThat(story.takeOver().sent("INVITE")).as("S5").isEqualTo(before);
        assertThat(story.answers()).isEmpty();
    }

    @Test
    void takenOverWithAnswerOwed() {
        story.ringing();
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        assertThat(story.answers()).containsExactly(200);
        story.takeOver();
        assertThat(story.answers()).containsExactly(200);
        assertThat(story.sent("ACK").cseq()).isEqualTo(1);
        story.ack();
        story.after(Duration.ofSeconds(1));
        assertThat(story.answers()).as("acknowledged").isEmpty();
    }

    @Test
    void answerIsRepeatedUntilAcknowledged() {
        story.ringing();
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.after(Duration.ofMillis(500));
        assertThat(story.answers()).as("RFC 3261 13.3.1.4").containsExactly(200);
        story.after(Duration.ofMillis(900));
        assertThat(story.answers()).isEmpty();
        story.after(Duration.ofMillis(100));
        assertThat(story.answers()).containsExactly(200);
        story.after(Duration.ofSeconds(32));
        assertThat(story.requests()).extracting(SipRequest::method).contains("BYE");
    }

    @Test
    void cancelWaitsForProvisional() {
        story.ringing();
        SipRequest invite = story.sent("INVITE");
        story.tell(new ReportCancel(story.now, Story.cancel(), Story.ALICE));
        assertThat(story.answers()).as("S12").containsExactlyInAnyOrder(200, 487);
        assertThat(story.requests()).isEmpty();
        story.response(1, invite, 180, "");
        SipRequest cancel = story.sent("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        story.response(1, invite, 487, "");
        assertThat(story.sent("ACK").branch()).as("RFC 3261 17.1.1.3").isEqualTo(invite.branch());
    }

    @Test
    void lateAnswerGetsAckAndBye() {
        story.place(OFFER).prepared(Story.ring(BOB, Flow.udp(0, "192.0.2.3", 5062)));
        SipRequest first = story.requests().get(0);
        SipRequest second = story.requests().get(1);
        story.response(1, first, 180, "");
        story.response(2, second, 180, "");
        story.response(1, first, 200, ANSWER);
        assertThat(story.sent("CANCEL").branch()).isEqualTo(second.branch());
        story.response(2, second, 200, ANSWER);
        assertThat(story.requests()).as("S14").extracting(SipRequest::method).containsExactlyInAnyOrder("ACK", "BYE");
    }

    @Test
    void offerPassesToTheOtherLegAndBack() {
        story.talking();
        String hold = OFFER + "a=sendonly\r\n";
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, hold), Story.ALICE));
        SipRequest passed = story.sent("INVITE");
        assertThat(passed.cseq()).isEqualTo(2);
        assertThat(passed.body()).contains("a=sendonly").contains(" 2 IN IP4 127.0.0.11");
        story.response(1, passed, 200, ANSWER + "a=recvonly\r\n");
        assertThat(story.answers()).containsExactly(200);
        assertThat(story.sent("ACK").cseq()).isEqualTo(2);
        var plan = (CallEffect.DeclareMedia) story.effects.stream()
                .filter(CallEffect.DeclareMedia.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(plan.plan().silenceLimit()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void secondOfferWhileOneRunsIsRefused() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        story.tell(new ReportRequest(story.now, 1, story.fromBob("INVITE", 1, ANSWER), BOB));
        assertThat(story.answers()).as("RFC 3261 14.2").containsExactly(491);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 3, OFFER), Story.ALICE));
        assertThat(story.answers()).containsExactly(500);
    }

    @Test
    void ourSequenceNumbersGoOnAfterTakeOver() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.takeOver();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 3, ""), Story.ALICE));
        assertThat(story.sent("BYE").cseq()).isEqualTo(3);
    }

    @Test
    void staleSequenceNumberIsRefused() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 5, OFFER), Story.ALICE));
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 4, ""), Story.ALICE));
        assertThat(story.answers()).as("RFC 3261 12.2.2").containsExactly(500);
    }

    @Test
    void sameInviteOnAnotherWayIsMerged() {
        story.ringing();
        SipRequest other = Story.invite(OFFER);
        var merged = new SipRequest(
                other.method(),
                other.uri(),
                java.util.List.of("SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother"),
                other.from(),
                other.to(),
                other.callId(),
                other.cseq(),
                70,
                other.route(),
                other.recordRoute(),
                other.contact(),
                other.headers(),
                other.contentType(),
                other.body());
        story.tell(new PlaceCall(story.now, merged, Story.ALICE, "100", "101"));
        assertThat(story.answers()).as("RFC 3261 8.2.2.2").containsExactly(482);
    }

    @Test
    void delayedOfferGoesThrough() {
        story.place("").prepared(Story.ring(BOB));
        SipRequest invite = story.sent("INVITE");
        assertThat(invite.body()).isEmpty();
        story.response(1, invite, 200, ANSWER);
        assertThat(story.requests()).extracting(SipRequest::method).doesNotContain("ACK");
        story.tell(new ReportRequest(story.now, 0, story.inDialog("ACK", 1, OFFER), Story.ALICE));
        assertThat(story.sent("ACK").body()).contains("m=audio 10002 ");
    }

    @Test
    void noAnswerEndsWith480AndCause19() {
        story.ringing();
        story.after(Duration.ofSeconds(30));
        assertThat(story.answers()).containsExactly(480);
        assertThat(record().q850Cause()).isEqualTo(19);
    }

    @Test
    void busyForwardsToTheNextNumber() {
        story.place(OFFER)
                .prepared(new Destination.Ring(
                        "101",
                        "",
                        java.util.List.of(new Destination.Target("sip:101@192.0.2.2", BOB)),
                        Duration.ofSeconds(30),
                        null,
                        "102"));
        story.response(1, story.sent("INVITE"), 486, "");
        assertThat(story.effects).contains(new CallEffect.Prepare(null, "102", false));
        story.prepared(Story.ring(Flow.udp(0, "192.0.2.7", 5060)));
        assertThat(story.sent("INVITE").callId()).isEqualTo(Story.KEYS.sipCallId(Story.ID, 2));
    }

    /** A row per status of the failure table. */
    @ParameterizedTest
    @CsvSource({
        "302,480,18", "401,500,41", "403,403,21", "404,404,1", "408,480,18", "480,480,18", "481,500,41", "482,500,41",
                "484,484,28",
        "486,486,17", "488,488,65", "500,500,41", "501,501,79", "503,500,41", "600,600,17", "603,603,21", "604,604,1",
                "606,606,65"
    })
    void refusalOfTheCalledPhone(int status, int toCaller, int q850) {
        story.ringing();
        story.response(1, story.sent("INVITE"), status, "");
        assertThat(story.answers()).containsExactly(toCaller);
        assertThat(record().sipCause()).isEqualTo(toCaller);
        assertThat(record().q850Cause()).isEqualTo(q850);
        assertThat(record().endedBy()).isEqualTo("callee");
    }

    @ParameterizedTest
    @CsvSource({"404,1", "480,20", "486,17"})
    void refusedByTheDirectory(int status, int q850) {
        story.place(OFFER).prepared(new Destination.Refuse(status, null));
        assertThat(story.answers()).containsExactly(status);
        assertThat(record().q850Cause()).isEqualTo(q850);
    }

    private CallRecord record() {
        return RecordOf.of(Story.ID, (CallState.Ended) story.state);
    }

    /** RFC 3261 §13.2.2.4: each 2xx is acknowledged, also one to a re-INVITE that another has followed. */
    @Test
    void repeated2xxOfAnEarlierReinviteIsAcknowledged() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        SipRequest first = story.sent("INVITE");
        story.response(1, first, 200, ANSWER);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("ACK", 2, ""), Story.ALICE));
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 3, OFFER), Story.ALICE));
        story.response(1, first, 200, ANSWER);
        assertThat(story.sent("ACK").cseq()).isEqualTo(first.cseq());
    }
}
