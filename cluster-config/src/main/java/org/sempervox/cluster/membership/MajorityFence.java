package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.sempervox.core.fence.OutputFence;

/**
 * The output fence (S21). The lease counts from the moment a heartbeat was <em>sent</em> that a majority of the members acknowledged, so
 * an acknowledgement that waited in a socket buffer while this node was frozen renews nothing. Time-outs against take-over:
 *
 * <pre>
 *   last confirmed heartbeat ──1.0 s──▶ closed ──2.0 s──▶ halt
 *                            ──0.9 s──▶ others call it unreachable ──0.5 s──▶ others take over, and say so when it speaks
 * </pre>
 *
 * While it is closed the node is silent, so it may wait for the others' word: a majority that says "gone" ends it at once; a majority
 * that still reaches it and confirms heartbeats sent after the waking opens it again (a host that stood still as a whole must not lose all
 * its nodes); without either it ends 0.9 s after a waking, 2 s after it closed otherwise. Before the first majority it is closed without
 * consequence.
 *
 * <p>A majority of whom, says the {@link Electorate}: not of whoever this node still sees.
 *
 * <p>A step of this node's wall clock (S27) closes it like a waking: nothing may be stored or said with a time that nobody has confirmed.
 * It opens again when a majority has the same time, and ends the node when a majority has another one.
 */
public final class MajorityFence implements OutputFence {
    static final long LEASE = TimeUnit.MILLISECONDS.toNanos(1000);
    static final long GRACE = TimeUnit.MILLISECONDS.toNanos(2000);
    static final long WAKING = TimeUnit.MILLISECONDS.toNanos(900);
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1000);
    /** Of 20 ms each: longer than heartbeats are apart. */
    private static final int PATIENCE_TICKS = 15;

    private enum State {
        WAITING,
        GUARDED,
        RETIRED,
        LOST
    }

    private final long self;
    private final LongSupplier nanos;
    private final LongSupplier bootNanos;
    private final LongSupplier wallMillis;
    private final Consumer<String> halt;
    private final ClockSkew skew = new ClockSkew();
    private final Map<Long, Long> acknowledged = new HashMap<>();
    /** When each peer's heartbeat was last confirmed by this node. */
    private final Map<Long, Long> granted = new HashMap<>();

    private final Set<Long> dead = new HashSet<>();
    private final Set<Long> deniers = new HashSet<>();
    private final Electorate electorate;
    private boolean member;
    private State state = State.WAITING;
    private long wokenAt = Long.MIN_VALUE;
    private long lastTick;
    private long lastBoot;
    private long lastWall;
    private boolean clockDoubted;
    private int differs;
    private volatile long deadline = Long.MIN_VALUE;

    /**
     * @param nanos monotonic, counted from a recent origin so that values never wrap
     * @param bootNanos a clock that also runs while the machine is suspended; steps of the wall clock must not show in it
     * @param wallMillis the wall clock, in milliseconds since 1970
     * @param halt ends the process at once, without hooks; told why
     */
    public MajorityFence(
            long self, LongSupplier nanos, LongSupplier bootNanos, LongSupplier wallMillis, Consumer<String> halt) {
        this.nanos = nanos;
        this.bootNanos = bootNanos;
        this.wallMillis = wallMillis;
        this.halt = halt;
        this.self = self;
        this.electorate = new Electorate(self);
        this.lastTick = nanos.getAsLong();
        this.lastBoot = bootNanos.getAsLong();
        this.lastWall = wallMillis.getAsLong();
    }

    @Override
    public boolean open() {
        return nanos.getAsLong() < deadline;
    }

    /** Milliseconds until it closes unless it is renewed; negative when closed. */
    public long leaseMs() {
        long until = deadline;
        return until == Long.MIN_VALUE ? -1 : TimeUnit.NANOSECONDS.toMillis(until - nanos.getAsLong());
    }

    synchronized void members(Members now) {
        // Whoever is new here may have a lease of the others, or of itself when it was alone.
        now.others().forEach(peer -> granted.putIfAbsent(peer.uid(), nanos.getAsLong()));
        electorate.sees(now, this::silent);
        member = now.selfCounted();
        acknowledged.keySet().removeIf(uid -> !electorate.knows(uid));
        granted.keySet().removeIf(uid -> !electorate.knows(uid));
        dead.removeIf(uid -> !electorate.knows(uid));
        renew(nanos.getAsLong());
    }

    /** Whether that member's heartbeat may be confirmed; if so, it may speak for a lease from now on. */
    synchronized boolean grant(long uid) {
        boolean confirms = electorate.confirms(uid);
        if (confirms) {
            granted.put(uid, nanos.getAsLong());
        }
        return confirms;
    }

    private boolean silent(long uid) {
        Long last = granted.get(uid);
        return dead.contains(uid) || last == null || nanos.getAsLong() - last >= LEASE;
    }

    /** That process has certainly ended: nobody has to wait for its lease. */
    synchronized void dead(long uid) {
        dead.add(uid);
        electorate.look(this::silent);
    }

    /** What this node tells of its view, for {@link Greeting}. */
    synchronized int view() {
        return electorate.code();
    }

    /** Those whose majority counts. Who is missing here and was there before is silent. */
    synchronized Members voters() {
        return electorate.voters();
    }

    /** What a peer told of its own view of the members, as {@link Greeting}. */
    synchronized void viewed(long uid, int code) {
        electorate.heard(uid, code);
    }

    /** That peer never tells its view (0.1.0). */
    synchronized void mute(long uid) {
        electorate.mute(uid);
    }

    /** That member has left in order: it does not count any more. */
    synchronized void left(long uid) {
        electorate.left(uid);
    }

    /** A peer confirmed the heartbeat that this node sent at that time. */
    synchronized void acknowledged(long uid, long sentAt) {
        if (sentAt >= wokenAt && electorate.knows(uid)) {
            acknowledged.merge(uid, sentAt, Math::max);
            renew(nanos.getAsLong());
        }
    }

    /**
     * To be called every 20 ms, by the thread that sends the heartbeats and before it sends them: so no heartbeat sent after a pause can
     * renew the lease before the pause is noticed.
     *
     * @return false if this node must not send any more
     */
    synchronized boolean tick() {
        long now = nanos.getAsLong();
        long boot = bootNanos.getAsLong();
        long wall = wallMillis.getAsLong();
        long pause = Math.max(now - lastTick, boot - lastBoot);
        boolean stepped =
                Math.abs(wall - lastWall - TimeUnit.NANOSECONDS.toMillis(boot - lastBoot)) > ClockSkew.MOST_MS;
        lastTick = now;
        lastBoot = boot;
        lastWall = wall;
        if (stepped) {
            skew.forget();
            clockDoubted = true;
        }
        if (state == State.GUARDED && (stepped || pause > PAUSE)) {
            wokenAt = now;
            deadline = Long.MIN_VALUE;
            acknowledged.clear();
        }
        electorate.look(this::silent);
        judgeClock();
        renew(now);
        return state != State.LOST;
    }

    /** A peer's wall clock, as it has just said it. */
    synchronized void clock(long uid, long peerMillis) {
        if (electorate.knows(uid)) {
            skew.heard(uid, peerMillis, wallMillis.getAsLong());
        }
    }

    /** Once in a tick; a difference must be there for a while, as a peer's word may have waited in a buffer. */
    private void judgeClock() {
        switch (skew.judge(electorate.voters())) {
            case AGREES -> {
                clockDoubted = false;
                differs = 0;
            }
            case DIFFERS -> {
                if (++differs > PATIENCE_TICKS) {
                    removed("the wall clock is off those of a majority by more than " + ClockSkew.MOST_MS + " ms: "
                            + skew);
                }
            }
            case UNKNOWN -> differs = 0;
        }
    }

    /**
     * A peer says that this node is no member any more. When a majority says so it is over at once; one alone may be wrong, but it does
     * not confirm heartbeats any more, so the lease decides.
     */
    synchronized void denied(long uid) {
        deniers.add(uid);
        if (electorate.voters().majority(deniers::contains)) {
            removed("a majority says that this node is no member any more");
        }
    }

    /** This node is no member any more by decision of the others. */
    synchronized void removed(String why) {
        if (state == State.WAITING || state == State.GUARDED) {
            lose(why);
        }
    }

    /** The node leaves by itself: closing is expected from now on and does not end the process. */
    synchronized void retire() {
        if (state != State.LOST) {
            state = State.RETIRED;
        }
    }

    /** Whether it leaves by itself, so that falling silent is expected. */
    synchronized boolean leaving() {
        return state == State.RETIRED;
    }

    private void renew(long now) {
        if (state == State.LOST || !member || !electorate.voters().selfCounted()) {
            return;
        }
        boolean waking = deadline == Long.MIN_VALUE;
        if (state == State.GUARDED && waking && now - wokenAt > WAKING) {
            lose("stood still, and no majority confirms it since");
            return;
        }
        if (state == State.GUARDED && !waking && now - deadline > GRACE) {
            lose("no majority for " + TimeUnit.NANOSECONDS.toMillis(now - deadline + LEASE) + " ms");
            return;
        }
        long confirmed = confirmed(now);
        if (confirmed != Long.MIN_VALUE && !clockDoubted) {
            deadline = Math.max(deadline, confirmed + LEASE);
            if (state == State.WAITING) {
                state = State.GUARDED;
            }
        }
    }

    /** The latest time for which a majority has confirmed a heartbeat sent then or later; this node counts itself. */
    private long confirmed(long now) {
        long best = Long.MIN_VALUE;
        Members voters = electorate.voters();
        for (Peer candidate : voters.counted()) {
            long since = at(candidate.uid(), now);
            if (since > best && voters.keeps(uid -> at(uid, now) >= since)) {
                best = since;
            }
        }
        return best;
    }

    /** For the log: who counts, and how long ago the last heartbeat was sent that each of them has confirmed. */
    synchronized String confirmations() {
        long now = nanos.getAsLong();
        return electorate.voters().others().stream()
                .map(peer -> peer.name() + " "
                        + (acknowledged.containsKey(peer.uid())
                                ? TimeUnit.NANOSECONDS.toMillis(now - at(peer.uid(), now)) + " ms ago"
                                : "not yet"))
                .collect(Collectors.joining(", ", "confirmed by ", ""));
    }

    private long at(long uid, long now) {
        if (uid == self) {
            return now;
        }
        Long sentAt = acknowledged.get(uid);
        return sentAt == null ? Long.MIN_VALUE : sentAt;
    }

    private void lose(String why) {
        state = State.LOST;
        deadline = Long.MIN_VALUE;
        halt.accept(why);
    }
}
