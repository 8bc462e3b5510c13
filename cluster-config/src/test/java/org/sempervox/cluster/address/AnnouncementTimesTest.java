package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTimesTest {
    private static final long START = 5_000_000_000L;

    private static long after(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }

    @Test
    void atOnceAndAgainFor30Seconds_S15() {
        AnnouncementTimes times = AnnouncementTimes.from(START);
        List<Long> made = new ArrayList<>();
        for (long ms = 0; ms <= 40_000; ms += 20) {
            if (times.due(after(ms))) {
                made.add(ms);
                times = times.next(after(ms));
            }
        }
        assertThat(made).containsExactly(0L, 100L, 300L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L);
        assertThat(times.over()).isTrue();
    }

    @Test
    void afterAPauseOneStandsForAllThatWereMissed() {
        AnnouncementTimes times = AnnouncementTimes.from(START).next(START);
        assertThat(times.due(after(2500))).isTrue();
        AnnouncementTimes next = times.next(after(2500));
        assertThat(next.due(after(2501))).isFalse();
        assertThat(next.due(after(4000))).isTrue();
    }
}
