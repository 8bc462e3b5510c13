package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final long START = 5_000_000_000L;
    private static final Inet4Address ONE = Inet4Address.ofLiteral("10.77.0.11");
    private static final Inet4Address OTHER = Inet4Address.ofLiteral("10.77.0.12");

    private final Announcements announcements = new Announcements();

    @BeforeEach
    void bothHaveCome() {
        announcements.came(ONE, START);
        announcements.came(OTHER, START);
    }

    private static long after(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }

    @Test
    void oneThatIsDueIsAnnouncedOnce_S15() {
        assertThat(announcements.due(List.of(ONE, OTHER), after(99))).isEmpty();
        assertThat(announcements.due(List.of(ONE, OTHER), after(100))).containsExactly(ONE, OTHER);
        assertThat(announcements.due(List.of(ONE, OTHER), after(101))).isEmpty();
    }

    /** A node that wakes up: its guard has taken an address off, and an announcement of it has become due meanwhile. */
    @Test
    void oneThatIsNotOnTheDeviceIsAnotherNodesToAnnounce_S21() {
        assertThat(announcements.due(List.of(OTHER), after(2500))).containsExactly(OTHER);
        assertThat(announcements.due(List.of(ONE, OTHER), after(4000)))
                .as("its time is over, until it comes again")
                .containsExactly(OTHER);
        announcements.came(ONE, after(5000));
        assertThat(announcements.due(List.of(ONE, OTHER), after(5100))).containsExactly(ONE);
    }

    @Test
    void oneThatHasLeftIsNotAnnounced() {
        announcements.left(ONE);
        assertThat(announcements.due(List.of(ONE, OTHER), after(100))).containsExactly(OTHER);
    }

    @Test
    void afterHalfAMinuteNothingIsDueAnyMore() {
        announcements.due(List.of(ONE, OTHER), after(30_000));
        assertThat(announcements.due(List.of(ONE, OTHER), after(100_000))).isEmpty();
    }
}
