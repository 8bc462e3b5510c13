package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.core.call.Story.ANSWER;
import static org.sempervox.core.call.Story.BOB;
import static org.sempervox.core.call.Story.OFFER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.sip.SipRequest;

/** S29: the whole cluster was dead and is started again. */
class CallRestartTest {
    private final Story story = new Story();

    private void restarted(Duration gap) {
        story.talking();
        story.now = story.now.plusSeconds(60);
        Instant aliveAt = story.now;
        story.now = story.now.plus(gap);
        story.takeOver();
        story.tell(new ReportRestart(story.now, aliveAt));
    }

    private SipRequest probe(int leg) {
        String callId = leg == 0 ? "call-1" : Story.KEYS.sipCallId(Story.ID, leg);
        return story.requests().stream()
                .filter(r -> r.method().equals("INVITE") && r.callId().equals(callId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bothLegsAreAskedAndTheCallGoesOn() {
        restarted(Duration.ofSeconds(60));
        assertThat(story.requests()).hasSize(2);
        SipRequest toBob = probe(1);
        SipRequest toAlice = probe(0);
        assertThat(toBob.cseq()).isEqualTo(2);
        assertThat(toBob.body()).as("nothing new").contains("o=").contains("m=audio");
        story.response(1, toBob, 200, ANSWER);
        assertThat(story.sent("ACK").cseq()).isEqualTo(2);
        story.response(0, toAlice, 200, OFFER);
        assertThat(story.state)
                .isInstanceOfSatisfying(
                        CallState.Talking.class,
                        talking -> assertThat(talking.exchange()).isEqualTo(new Exchange.None()));
        story.response(0, toAlice, 200, OFFER);
        assertThat(story.sent("ACK").callId()).as("its ACK was lost").isEqualTo("call-1");
        story.tell(new ReportRequest(story.now, 1, story.fromBob("BYE", 5, ""), BOB));
        assertThat(record().estimated()).isFalse();
    }

    @Test
    void aLegThatIsGoneEndsTheCallAsOfTheLastProofOfLife() {
        restarted(Duration.ofSeconds(60));
        SipRequest toAlice = probe(0);
        story.response(1, probe(1), 200, ANSWER);
        story.response(0, toAlice, 481, "");
        CallRecord record = record();
        assertThat(record.estimated()).isTrue();
        assertThat(record.durationMs()).isEqualTo(60_000);
        assertThat(record.endedBy()).isEqualTo("system");
        assertThat(story.requests().stream().map(SipRequest::method).toList()).contains("BYE");
        story.takeOver();
        assertThat(story.requests().stream()
                        .filter(r -> r.method().equals("BYE"))
                        .map(SipRequest::callId))
                .as("still owed")
                .contains(Story.KEYS.sipCallId(Story.ID, 1));
    }

    @Test
    void aCallAnsweredAfterTheLastSignOfLifeIsAskedToo() {
        story.talking();
        Instant aliveAt = story.now.minusMillis(500);
        story.now = story.now.plusSeconds(60);
        story.takeOver();
        story.tell(new ReportRestart(story.now, aliveAt));
        story.response(0, probe(0), 481, "");
        assertThat(record().estimated()).isTrue();
        assertThat(record().durationMs()).isZero();
    }

    @Test
    void aLegThatSaysNothingEndsIt() {
        restarted(Duration.ofSeconds(60));
        story.tell(new ReportTransactionFailure(story.now, 0, "INVITE", probe(0).cseq(), 408));
        assertThat(record().estimated()).isTrue();
    }

    @Test
    void whateverElseALegAnswersItIsThere() {
        restarted(Duration.ofSeconds(60));
        SipRequest toAlice = probe(0);
        SipRequest toBob = probe(1);
        story.response(1, toBob, 491, "");
        assertThat(story.sent("ACK").branch()).as("RFC 3261 §17.1.1.3").isEqualTo(toBob.branch());
        story.response(0, toAlice, 488, "");
        assertThat(story.state).isInstanceOf(CallState.Talking.class);
        assertThat(story.open()).noneMatch(key -> key.startsWith("invite/"));
    }

    @Test
    void aProbeIsRepeatedAfterATakeOverWithTheSameBytes() {
        restarted(Duration.ofSeconds(60));
        List<SipRequest> before = story.requests();
        assertThat(story.takeOver().requests()).as("S5").containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void nobodyIsAskedAfterAShortGap() {
        restarted(Duration.ofSeconds(20));
        assertThat(story.requests()).isEmpty();
    }

    @Test
    void aByeWhileTheOthersAreAskedIsTheTrueEnd() {
        restarted(Duration.ofSeconds(60));
        story.tell(new ReportRequest(story.now, 1, story.fromBob("BYE", 5, ""), BOB));
        assertThat(record().estimated()).isFalse();
        assertThat(record().endedBy()).isEqualTo("callee");
    }

    @Test
    void aReInviteWhileItIsAskedHasToWait() {
        restarted(Duration.ofSeconds(60));
        story.tell(new ReportRequest(story.now, 0, story.inDialog("INVITE", 2, OFFER), Story.ALICE));
        assertThat(story.answers()).containsExactly(491);
    }

    private CallRecord record() {
        return story.effects.stream()
                .filter(CallEffect.StoreRecord.class::isInstance)
                .map(effect -> ((CallEffect.StoreRecord) effect).record())
                .findFirst()
                .orElseThrow();
    }
}
