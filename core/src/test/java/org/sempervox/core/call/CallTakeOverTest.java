package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.core.call.Story.ANSWER;
import static org.sempervox.core.call.Story.BOB;
import static org.sempervox.core.call.Story.OFFER;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;

/** What a node that took a call over may take for granted: nothing about ACKs. */
class CallTakeOverTest {
    private final Story story = new Story();

    private void answeredAfterTakeOver() {
        story.ringing();
        SipRequest invite = story.takeOver().sent("INVITE");
        story.now = story.now.plusMillis(1);
        story.response(1, invite, 200, ANSWER);
    }

    private void byeFromBob() {
        story.tell(new ReportRequest(story.now, 1, story.fromBob("BYE", 1, ""), BOB));
    }

    @Test
    void callerGetsNoByeBeforeItsAck() {
        answeredAfterTakeOver();
        byeFromBob();
        assertThat(story.requests()).as("RFC 3261 §15").isEmpty();
        story.ack();
        assertThat(story.sent("BYE").callId()).isEqualTo("call-1");
    }

    @Test
    void callerThatNeverAcknowledgesGetsItsByeIn32Seconds() {
        answeredAfterTakeOver();
        byeFromBob();
        story.after(Duration.ofSeconds(31));
        assertThat(story.requests()).isEmpty();
        story.after(Duration.ofSeconds(1));
        assertThat(story.sent("BYE").callId()).as("RFC 3261 §15").isEqualTo("call-1");
    }

    @Test
    void callerThatSaysNothingToTheRepeatedAnswerGetsItsByeAfterTheFourth() {
        story.talking();
        story.now = story.now.plusSeconds(5);
        story.takeOver();
        byeFromBob();
        assertThat(story.requests()).isEmpty();
        story.after(Duration.ofSeconds(4));
        assertThat(story.sent("BYE").callId()).isEqualTo("call-1");
    }

    @Test
    void callHandedOverInOrderRepeatsNothing() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("ACK", 2, ""), Story.ALICE));
        story.now = story.now.plusSeconds(1);
        story.handOver();
        assertThat(story.answers()).as("S30").isEmpty();
        assertThat(story.requests()).isEmpty();
    }

    @Test
    void ringingPhoneGetsNoSecondInviteFromAnOrderlyHandOverOrAMovedAddress() {
        story.ringing();
        SipRequest invite = story.sent("INVITE");
        story.response(1, invite, 180, "");
        story.handOver();
        assertThat(story.requests()).isEmpty();
        story.tell(new MoveAddress(story.now, 1));
        assertThat(story.requests()).isEmpty();
        story.tell(new ReportCancel(story.now, Story.cancel(), Story.ALICE));
        assertThat(story.sent("CANCEL").branch()).isEqualTo(invite.branch());
    }

    /** Its way was an edge that died just then, and a caller that has its 100 repeats nothing. */
    @Test
    void callerHearsOfTheRingingAgainWhenItsAddressMoves() {
        int alices = Story.ALICE.service();
        story.ringing();
        SipRequest invite = story.sent("INVITE");
        story.tell(new MoveAddress(story.now, alices));
        assertThat(story.answers()).as("nothing rings yet").isEmpty();
        story.response(1, invite, 180, "");
        story.tell(new MoveAddress(story.now, alices + 1));
        assertThat(story.answers()).as("another's address").isEmpty();
        story.tell(new MoveAddress(story.now, alices));
        assertThat(story.answers()).containsExactly(180);
    }

    @Test
    void answerOfLongAgoIsNotRepeatedAfterATakeOver() {
        story.talking();
        story.now = story.now.plusSeconds(7);
        story.takeOver();
        assertThat(story.answers()).isEmpty();
        assertThat(story.requests()).isEmpty();
    }

    /** docs/decisions/0005: only what another node had the time to repeat is taken for done. */
    @Test
    void answerThatWaitedForTheStoreIsGivenByTheSameNodeHoweverLate() {
        story.ringing();
        Instant started = story.now;
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.now = story.now.plusSeconds(7);
        story.takeOver(started);
        assertThat(story.answers()).as("S1").contains(200);
    }

    /** Its 2xx would not come again if the node before had acknowledged it. */
    @Test
    void calledPhoneThatRepeatsItsAnswerProvesThatTheCallerWasNotToldEither() {
        story.ringing();
        SipRequest invite = story.sent("INVITE");
        story.response(1, invite, 200, ANSWER);
        story.now = story.now.plusSeconds(7);
        story.takeOver();
        assertThat(story.answers()).isEmpty();
        story.response(1, invite, 200, ANSWER);
        assertThat(story.answers()).containsExactly(200);
        assertThat(story.sent("ACK").cseq()).isEqualTo(1);
    }

    @Test
    void callerThatHasSpokenIsNotAskedAgain() {
        story.talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.takeOver();
        byeFromBob();
        assertThat(story.sent("BYE").callId()).isEqualTo("call-1");
    }

    @Test
    void silentCallerIsEndedOnlyByTheNodeThatAnswered() {
        story.ringing();
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.takeOver();
        assertThat(story.after(Duration.ofSeconds(33)).state).isInstanceOf(CallState.Talking.class);
    }

    @Test
    void calleesOfferWaitsForTheCallersAck() {
        answeredAfterTakeOver();
        story.tell(new ReportRequest(story.now, 1, story.fromBob("INVITE", 1, ANSWER), BOB));
        assertThat(story.answers()).as("RFC 3261 §14.1").containsExactly(491);
    }

    @Test
    void offerWaitsForTheAckOfTheOtherLegsOffer() {
        story.talking();
        story.tell(new ReportRequest(story.now, 1, story.fromBob("INVITE", 1, ANSWER), BOB));
        story.response(0, story.sent("INVITE"), 200, OFFER);
        story.takeOver();
        assertThat(story.answers()).contains(200);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        assertThat(story.answers()).containsExactly(491);
        assertThat(story.after(Duration.ofSeconds(1)).answers())
                .as("still owed")
                .contains(200);
    }

    @Test
    void inviteWithoutAnyAnswerIsRepeatedEverySecond() {
        story.ringing();
        SipRequest invite = story.takeOver().sent("INVITE");
        assertThat(story.after(Duration.ofSeconds(1)).sent("INVITE")).isEqualTo(invite);
        story.response(1, invite, 180, "");
        assertThat(story.after(Duration.ofSeconds(4)).requests()).isEmpty();
    }

    @Test
    void ackOfDelayedOfferStaysTheSameAfterAHold() {
        story.place("").prepared(Story.ring(BOB));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("ACK", 1, OFFER), Story.ALICE));
        SipRequest ack = story.sent("ACK");
        String hold = OFFER + "a=sendonly\r\n";
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, hold), Story.ALICE));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        assertThat(story.takeOver().requests()).as("S5").contains(ack);
    }

    @Test
    void cancelOfAForkIsTheSameAfterTheCallHasEnded() {
        story.place(OFFER).prepared(Story.ring(BOB, Flow.udp(1, "192.0.2.3", 5060)));
        SipRequest first = story.requests().getFirst();
        SipRequest second = story.requests().getLast();
        story.response(2, second, 180, "");
        story.response(1, first, 200, ANSWER);
        SipRequest cancel = story.sent("CANCEL");
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 2, ""), Story.ALICE));
        story.takeOver();
        story.response(2, second, 180, "");
        assertThat(story.sent("CANCEL")).as("S5").isEqualTo(cancel);
    }

    @Test
    void newOfferWaitsForTheAnswerToADelayedOne() {
        story.place("").prepared(Story.ring(BOB));
        story.response(1, story.sent("INVITE"), 200, ANSWER);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        assertThat(story.answers()).as("S5, RFC 3264 §4").containsExactly(491);
    }
}
