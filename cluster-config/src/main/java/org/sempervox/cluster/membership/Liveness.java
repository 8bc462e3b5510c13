package org.sempervox.cluster.membership;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.MemberSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The liveness connections of one node: a listener, one link to each peer, and the pulse that sends heartbeats every 100 ms and checks
 * every 20 ms that this process was not standing still. What peers say of their readiness travels with the heartbeats.
 */
final class Liveness {
    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);
    private static final long TICK = 20_000_000L;
    private static final int TICKS_PER_BEAT = 5;

    /** What happens around it; called on threads of the links. */
    interface Events {
        void died(Peer peer, String proof);

        void voted(long voter, long dead);

        /** Whom that member would give up, as {@link Expulsion#ballot}. */
        void balloted(long voter, long code);

        /** That member will never say whom it would give up (0.1.0). */
        void withoutBallots(long voter);
    }

    static final long NEVER = Long.MIN_VALUE;

    /** In place of a heartbeat's time: heard, not confirmed. */
    private static final long UNCONFIRMED = -1;

    private final long self;
    private final long origin = System.nanoTime();
    private final MajorityFence fence;
    private final LivenessServer server;
    private final Map<Long, LivenessLink> links = new ConcurrentHashMap<>();
    private final Map<Long, NodeSays> said = new ConcurrentHashMap<>();
    private final Map<Long, Long> answered = new ConcurrentHashMap<>();
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread pulse;
    private final ExecutorService notifier = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("voters").unstarted(task));
    private volatile @Nullable Events events;
    private volatile Set<Long> suspected = Set.of();
    private volatile long ballot = Expulsion.NOBODY;
    private volatile NodeSays own = NodeSays.NOTHING;
    private volatile Members lastVoters;

    private volatile boolean stopped;
    private boolean wasOpen;
    private long openChanged;

    Liveness(String host, int port, long self, Consumer<String> halt) {
        this.self = self;
        this.fence = new MajorityFence(
                self, () -> System.nanoTime() - origin, BootClock.open(), System::currentTimeMillis, halt);
        this.lastVoters = fence.voters();
        try {
            this.server = new LivenessServer(host, port + MemberSettings.LIVENESS_OFFSET, self, new Replies());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "liveness port " + host + ":" + (port + MemberSettings.LIVENESS_OFFSET) + ": " + e.getMessage(), e);
        }
        this.pulse = Thread.ofPlatform().daemon().name("pulse").unstarted(this::run);
    }

    void start(Events to) {
        events = to;
        server.start();
        pulse.start();
    }

    MajorityFence fence() {
        return fence;
    }

    Readiness readiness(long uid) {
        return said(uid).readiness();
    }

    NodeSays said(long uid) {
        return uid == self ? own : said.getOrDefault(uid, NodeSays.NOTHING);
    }

    /** When the last heartbeat was sent that a peer has confirmed, on the clock of {@link #now}; {@link #NEVER} if none was. */
    long answeredAt(long uid) {
        return answered.getOrDefault(uid, NEVER);
    }

    /** Nanoseconds since it began. */
    long now() {
        return System.nanoTime() - origin;
    }

    boolean isGone(long uid) {
        return gone.contains(uid);
    }

    /** Says it to all peers at once, and again with every heartbeat. */
    void announce(Readiness now) {
        synchronized (said) {
            own = new NodeSays(now, own.claims());
        }
        LockSupport.unpark(pulse);
        changed();
    }

    /** Says it to all peers at once, and again with every heartbeat; heartbeats that are sent from the returned time on say it. */
    long claim(long hosts) {
        synchronized (said) {
            own = new NodeSays(own.readiness(), hosts);
        }
        LockSupport.unpark(pulse);
        return now();
    }

    void members(Members now) {
        fence.members(now);
        Members voters = fence.voters();
        links.entrySet().removeIf(link -> {
            boolean absent = now.of(link.getKey()).isEmpty();
            if (absent) {
                link.getValue().close();
            }
            return absent;
        });
        said.keySet().removeIf(uid -> now.of(uid).isEmpty() && voters.of(uid).isEmpty());
        answered.keySet().removeIf(uid -> now.of(uid).isEmpty());
        for (Peer peer : now.others()) {
            links.computeIfAbsent(peer.uid(), _ -> {
                var link = new LivenessLink(peer, self, new Reports());
                link.start();
                return link;
            });
        }
    }

    /** That incarnation is down or removed: it is told so if it ever speaks again. */
    void gone(long uid) {
        gone.add(uid);
    }

    /** They may be given up and succeeded any moment, so their heartbeats are not confirmed while it is so. */
    void suspect(Set<Long> uids) {
        suspected = Set.copyOf(uids);
    }

    /** Says it to all peers at once, and again with every heartbeat while it is somebody. */
    void ballot(long code) {
        if (ballot != code) {
            ballot = code;
            LockSupport.unpark(pulse);
        }
    }

    void vote(long dead) {
        links.values().forEach(link -> link.send(new Frame(Frame.Type.VOTE, dead, 0)));
    }

    void onReadiness(Runnable listener) {
        listeners.add(listener);
    }

    /** As if the process had ended; for tests of several nodes in one process. */
    void abort() {
        stopped = true;
        server.abort();
        links.values().forEach(LivenessLink::close);
    }

    private void run() {
        NodeSays last = own;
        int lastView = 0;
        long lastBallot = Expulsion.NOBODY;
        for (int tick = 0; !stopped; tick++) {
            if (!fence.tick()) {
                return;
            }
            votersChanged();
            speaking();
            int view = fence.view();
            if (tick % TICKS_PER_BEAT == 0 || !last.equals(own) || view != lastView) {
                lastView = view;
                // The time first: what was said before it is in the heartbeat.
                long at = now();
                last = own;
                var beat = new Frame(Frame.Type.BEAT, at, last.code());
                var clock = new Frame(Frame.Type.HELLO, self, new Greeting(System.currentTimeMillis(), view).code());
                links.values().forEach(link -> {
                    link.send(clock);
                    link.send(beat);
                });
            }
            lastBallot = sendBallot(lastBallot, tick);
            LockSupport.parkNanos(TICK);
        }
    }

    private long sendBallot(long last, int tick) {
        long code = ballot;
        if (code != last || code != Expulsion.NOBODY && tick % TICKS_PER_BEAT == 0) {
            links.values().forEach(link -> link.send(new Frame(Frame.Type.BALLOT, code, 0)));
        }
        return code;
    }

    /** Tells the log when this node falls silent and when it speaks again; on another thread, as heartbeats wait for nobody. */
    private void speaking() {
        boolean open = fence.open();
        if (open != wasOpen) {
            wasOpen = open;
            if (fence.leaving()) {
                return;
            }
            long closed = TimeUnit.NANOSECONDS.toMillis(now() - openChanged);
            openChanged = now();
            String who = fence.confirmations();
            notifier.execute(() -> {
                if (open) {
                    LOG.info("this node speaks, {}; it was silent for {} ms", who, closed);
                } else {
                    LOG.warn("this node is silent: no majority confirms it, {}", who);
                }
            });
        }
    }

    private void heard(long uid, NodeSays now) {
        NodeSays before = said.put(uid, now);
        if (before == null || before.readiness() != now.readiness()) {
            changed();
        }
    }

    /** Outside the lock of the fence, which listeners ask, and not on the thread of the heartbeats. */
    private void votersChanged() {
        Members now = fence.voters();
        if (!now.equals(lastVoters)) {
            lastVoters = now;
            notifier.execute(this::changed);
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private final class Replies implements LivenessServer.Answers {
        @Override
        public Frame beat(long from, Frame beat) {
            if (gone.contains(from)) {
                return new Frame(Frame.Type.GONE, self, 0);
            }
            if (links.containsKey(from)) {
                heard(from, NodeSays.of(beat.b()));
            }
            boolean confirmed = !suspected.contains(from) && fence.grant(from);
            return new Frame(Frame.Type.ACK, confirmed ? beat.a() : UNCONFIRMED, own.code());
        }

        @Override
        public void greeted(long from, Greeting greeting) {
            fence.clock(from, greeting.wallMillis());
            if (links.containsKey(from)) {
                fence.viewed(from, greeting.view());
                votersChanged();
            }
        }

        @Override
        public void vote(long from, long dead) {
            Events to = events;
            if (to != null && links.containsKey(from)) {
                to.voted(from, dead);
            }
        }

        @Override
        public void ballot(long from, long code) {
            Events to = events;
            if (to != null && links.containsKey(from)) {
                to.balloted(from, code);
            }
        }
    }

    private final class Reports implements LivenessLink.Observer {
        @Override
        public void acknowledged(Peer peer, long sentAt, NodeSays now) {
            if (sentAt != UNCONFIRMED) {
                fence.acknowledged(peer.uid(), sentAt);
            }
            heard(peer.uid(), now);
            answered.merge(peer.uid(), sentAt, Math::max);
        }

        @Override
        public void met(Peer peer, long says) {
            if ((says & Frame.TELLS) == 0) {
                fence.mute(peer.uid());
            }
            Events to = events;
            if (to != null && (says & Frame.BALLOTS) == 0) {
                to.withoutBallots(peer.uid());
            }
        }

        @Override
        public void gone(Peer peer) {
            fence.denied(peer.uid());
        }

        @Override
        public void died(Peer peer, String proof) {
            Events to = events;
            if (to != null) {
                to.died(peer, proof);
            }
        }
    }
}
