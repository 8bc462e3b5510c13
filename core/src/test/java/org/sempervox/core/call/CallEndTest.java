package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.media.MediaReport;

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
        story.tell(new ReportMedia(
                story.now, new MediaReport.Released(Story.ID, MediaReport.SessionStatistics.NONE)));
        story.after(Duration.between(story.now, story.wake()));
        assertThat(story.effects).contains(new CallEffect.Finish());
    }
}
