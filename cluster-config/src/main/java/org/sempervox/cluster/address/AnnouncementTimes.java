package org.sempervox.cluster.address;

import java.time.Duration;
import java.util.List;

/**
 * When an address is announced: at once, and again for 30 s, because a switch or a phone may miss one, and an old owner may have answered a
 * question meanwhile.
 *
 * @param since when it came to the device, nanoseconds of a monotonic clock
 * @param made how many of the announcements were made
 */
record AnnouncementTimes(long since, int made) {
    /** After it came. */
    static final List<Duration> AFTER = List.of(
            Duration.ZERO,
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30));

    static AnnouncementTimes from(long now) {
        return new AnnouncementTimes(now, 0);
    }

    boolean due(long now) {
        return !over() && now - since >= AFTER.get(made).toNanos();
    }

    boolean over() {
        return made == AFTER.size();
    }

    /** After one was made; those that were missed meanwhile, by a pause, are made up for by it. */
    AnnouncementTimes next(long now) {
        int next = made + 1;
        while (next < AFTER.size() && now - since >= AFTER.get(next).toNanos()) {
            next++;
        }
        return new AnnouncementTimes(since, next);
    }
}
