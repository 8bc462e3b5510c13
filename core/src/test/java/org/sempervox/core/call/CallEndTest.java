package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.SipRequest;

/** The time between a call's end and its being forgotten. */
class CallEndTest {
    private final Story story = new Story();

    private void bye() {
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 2, ""), Story.ALICE));
    }

    @Test
    void storeOfRecordsDownIsAskedOncePerSecond() {
        story.talking();
        bye();
        story.after(Duration.ofSeconds(33));
        for (int i = 0; i < 100; i++) {
            assertThat(story.wake()).as("no deadline stays in the past").isAfter(story.now);
            story.after(Duration.between(story.now, story.wake()));
        }
        story.tell(new ReportRecordStored(story.now));
        story.tell(new ReportMedia(story.now, new MediaReport.Released(Story.ID, MediaReport.SessionStatistics.NONE)));
        story.after(Duration.between(story.now, story.wake()));
        assertThat(story.effects).contains(new CallEffect.Finish());
    }

    @Test
    void lookUpOfRepeatedInviteGivesItsSlotBackAfterTheEnd() {
        story.place(Story.OFFER);
        story.place(Story.OFFER);
        var lookUp = (CallEffect.Prepare) story.effects.getFirst();
        var late = new ReportPreparation(
                story.now, lookUp.place(), "101", new Destination.Refuse(404, null), null, List.of("100"));
        story.tell(late);
        assertThat(story.effects).contains(new CallEffect.ReleaseSlot("100"));
        story.tell(new ReportSlotReleased(story.now, "100"));
        assertThat(story.open()).doesNotContain("slot/100");
        story.tell(late);
        assertThat(story.effects).contains(new CallEffect.ReleaseSlot("100"));
        assertThat(story.open()).contains("slot/100");
    }

    @Test
    void answerToReInviteIsRepeatedAfterTheEnd() {
        story.talking();
        SipRequest offer = story.inDialog("INVITE", 2, Story.OFFER);
        story.tell(new ReportRequest(story.now, 0, offer, Story.ALICE));
        story.response(1, story.sent("INVITE"), 200, Story.ANSWER);
        assertThat(story.answers()).containsExactly(200);
        story.tell(new ReportRequest(story.now, 1, story.fromBob("BYE", 1, ""), Story.BOB));
        assertThat(story.after(Duration.ofSeconds(1)).answers())
                .as("RFC 3261 §13.3.1.4")
                .contains(200);
        story.tell(new ReportRequest(story.now, 0, offer, Story.ALICE));
        assertThat(story.answers()).containsExactly(200);
        story.tell(new ReportRequest(story.now, 0, story.inDialog("ACK", 2, ""), Story.ALICE));
        assertThat(story.open()).noneMatch(key -> key.startsWith("reply/"));
    }

    @Test
    void callersAnswerToReInviteIsAcknowledgedAfterTheEnd() {
        story.talking();
        story.tell(new ReportRequest(story.now, 1, story.fromBob("INVITE", 1, Story.ANSWER), Story.BOB));
        SipRequest offer = story.sent("INVITE");
        story.response(0, offer, 200, Story.OFFER);
        SipRequest ack = story.sent("ACK");
        bye();
        story.response(0, offer, 200, Story.OFFER);
        assertThat(story.sent("ACK")).as("S5").isEqualTo(ack);
    }
}
