package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TalkTimeTest {
    private static final long MS = 1_000_000;
    private static final long TOLERANCE = 1000;
    private static final Duration TAKE_OVER = Duration.ofSeconds(4);

    @Test
    void theCallersOwnTime() {
        TalkTime time = new TalkTime(900 * MS, 1000 * MS, 6000 * MS, 6010 * MS);
        assertThat(time.plausible(5000, TOLERANCE, TAKE_OVER)).isTrue();
        assertThat(time.plausible(3900, TOLERANCE, TAKE_OVER)).isFalse();
        assertThat(time.plausible(6200, TOLERANCE, TAKE_OVER)).isFalse();
    }

    @Test
    void aByeCountsThoughItsAnswerHadToWaitForATakeOver() {
        TalkTime time = new TalkTime(900 * MS, 1116 * MS, 2870 * MS, 4734 * MS);
        assertThat(time.plausible(1753, TOLERANCE, TAKE_OVER)).isTrue();
        assertThat(time.plausible(3618, TOLERANCE, TAKE_OVER)).isTrue();
        assertThat(time.plausible(700, TOLERANCE, TAKE_OVER)).isFalse();
        assertThat(time.plausible(4900, TOLERANCE, TAKE_OVER)).isFalse();
    }

    @Test
    void aByeThatNobodyHeardForLongerThanATakeOverDoesNotCount() {
        TalkTime time = new TalkTime(900 * MS, 1000 * MS, 2000 * MS, 8000 * MS);
        assertThat(time.plausible(1000, TOLERANCE, TAKE_OVER)).isFalse();
        assertThat(time.plausible(7000, TOLERANCE, TAKE_OVER)).isTrue();
    }

    /** What was hung up as the store stood still ended then, whichever of the two was stored: the first BYE or its repetition. */
    @Test
    void aByeThatWaitedForTheStoreCounts() {
        TalkTime time = new TalkTime(0, 24 * MS, 1800 * MS, 11_924 * MS);
        assertThat(time.plausible(1807, TOLERANCE, TAKE_OVER)).isFalse();
        assertThat(time.plausible(1807, TOLERANCE, Duration.ofSeconds(20))).isTrue();
        assertThat(time.plausible(11_900, TOLERANCE, Duration.ofSeconds(20))).isTrue();
        assertThat(time.plausible(700, TOLERANCE, Duration.ofSeconds(20))).isFalse();
    }

    @Test
    void withoutAnAnswerOrAnEndThereIsNoDuration() {
        assertThat(new TalkTime(0, 0, 0, 1000 * MS).plausible(0, TOLERANCE, TAKE_OVER))
                .isFalse();
        assertThat(new TalkTime(0, 1000 * MS, 0, 0).plausible(0, TOLERANCE, TAKE_OVER))
                .isFalse();
    }
}
