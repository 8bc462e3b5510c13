package org.sempervox.media.session;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.media.relay.RelayKey;

/** One session as the table knows it; a lease until its first plan has come. Times are the table's nanoseconds. */
final class MediaSession<R> {
    enum Standing {
        /** No sockets here: another node owns the address, or the ports could not be bound yet. */
        HELD,
        /** Sockets are bound and relay. */
        BOUND,
        /** Another node owns the address now; sockets relay until the hand-over is past. */
        LEAVING
    }

    static final class Fact {
        final Duration silence;
        long lastTold;

        Fact(Duration silence, long lastTold) {
            this.silence = silence;
            this.lastTold = lastTold;
        }
    }

    final RelayKey key;
    final MediaLease lease;
    final SortedMap<Integer, Fact> facts = new TreeMap<>();
    Standing standing = Standing.HELD;
    long leavingUntil;
    long renewedAt;
    int lastNumber;
    private @Nullable MediaPlan plan;
    private @Nullable R replyTo;

    MediaSession(RelayKey key, MediaLease lease, long now) {
        this.key = key;
        this.lease = lease;
        this.renewedAt = now;
    }

    @Nullable
    MediaPlan plan() {
        return plan;
    }

    @Nullable
    R replyTo() {
        return replyTo;
    }

    void declared(MediaPlan newPlan, R newReplyTo, long now) {
        plan = newPlan;
        replyTo = newReplyTo;
        renewedAt = now;
    }
}
