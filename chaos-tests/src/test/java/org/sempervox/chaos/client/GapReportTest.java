package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GapReportTest {
    private static AudioStats gap(double ms) {
        return new AudioStats(1, ms, ms > 5000, 0, false, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void percentilesAreNearestRankAndKeepEndlessGaps() {
        List<AudioStats> heard = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> gap(i == 77 ? 9000 : i))
                .toList();
        assertThat(GapReport.gaps(heard, AudioStats::longestGapMs, AudioStats::endless))
                .isEqualTo(new GapReport.Gaps(200, 101, 199, 9000, 1));
        assertThat(GapReport.gaps(List.of(gap(3), gap(5)), AudioStats::longestGapMs, AudioStats::endless))
                .isEqualTo(new GapReport.Gaps(2, 3, 5, 5, 0));
    }

    @Test
    void noCallsAreNoGaps() {
        assertThat(GapReport.of(List.of()).callerToCallee()).isEqualTo(new GapReport.Gaps(0, 0, 0, 0, 0));
    }
}
