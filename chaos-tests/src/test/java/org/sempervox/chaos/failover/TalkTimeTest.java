package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TalkTimeTest {
    private static final long MS = 1_000_000;
    private static final long TOLERANCE = 1000;

    @Test
    void theCallersOwnTime() {
        TalkTime time = new TalkTime(900 * MS, 1000 * MS, 6000 * MS, 6010 * MS);
        assertThat(time.plausible(5000, TOLERANCE)).isTrue();
        assertThat(time.plausible(3900, TOLERANCE)).isFalse();
        assertThat(time.plausible(6200, TOLERANCE)).isFalse();
    }

    @Test
    void aByeCountsThoughItsAnswerHadToWaitForATakeOver() {
        TalkTime time = new TalkTime(900 * MS, 1116 * MS, 2870 * MS, 4734 * MS);
        assertThat(time.plausible(1753, TOLERANCE)).isTrue();
        assertThat(time.plausible(3618, TOLERANCE)).isTrue();
        assertThat(time.plausible(700, TOLERANCE)).isFalse();
        assertThat(time.plausible(4900, TOLERANCE)).isFalse();
    }

    @Test
    void aByeThatNobodyHeardForLongerThanATakeOverDoesNotCount() {
        TalkTime time = new TalkTime(900 * MS, 1000 * MS, 2000 * MS, 8000 * MS);
        assertThat(time.plausible(1000, TOLERANCE)).isFalse();
        assertThat(time.plausible(7000, TOLERANCE)).isTrue();
    }

    @Test
    void withoutAnAnswerOrAnEndThereIsNoDuration() {
        assertThat(new TalkTime(0, 0, 0, 1000 * MS).plausible(0, TOLERANCE)).isFalse();
        assertThat(new TalkTime(0, 1000 * MS, 0, 0).plausible(0, TOLERANCE)).isFalse();
    }
}
