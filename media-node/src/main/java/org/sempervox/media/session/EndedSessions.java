package org.sempervox.media.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayKey;

/** Released sessions, remembered for a while: late plans must not revive them, and a repeated release gets the same statistics. */
final class EndedSessions {
    static final long MEMORY_NANOS = Duration.ofSeconds(60).toNanos();

    static final class Ended {
        private final @Nullable MediaPlan last;
        private final long until;
        /** Set once by a loop's thread. */
        volatile SessionStatistics statistics = SessionStatistics.NONE;

        Ended(@Nullable MediaPlan last, long until) {
            this.last = last;
            this.until = until;
        }
    }

    private final Map<RelayKey, Ended> ended = new HashMap<>();

    Ended add(RelayKey key, @Nullable MediaPlan last, long now) {
        var grave = new Ended(last, now + MEMORY_NANOS);
        ended.put(key, grave);
        return grave;
    }

    void forget(RelayKey key) {
        ended.remove(key);
    }

    boolean forbids(RelayKey key, MediaPlan plan) {
        Ended grave = ended.get(key);
        if (grave == null) {
            return false;
        }
        // The entity that has released a session may declare nothing after it, but one on another node may not know of
        // it yet.
        return grave.last == null || plan.epoch() <= grave.last.epoch();
    }

    SessionStatistics statistics(RelayKey key) {
        Ended grave = ended.get(key);
        return grave == null ? SessionStatistics.NONE : grave.statistics;
    }

    void tick(long now) {
        ended.values().removeIf(grave -> now - grave.until >= 0);
    }
}
