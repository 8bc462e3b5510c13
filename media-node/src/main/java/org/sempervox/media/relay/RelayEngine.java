package org.sempervox.media.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayTransport.Binding;

/**
 * Relays the packets of all sessions that are open on this node (architecture §5). Sockets are bound on the caller's thread, packets flow
 * on the transport's loops, both legs of a session on one. {@link #open}, {@link #apply}, {@link #reopen} and {@link #close(RelayKey,
 * Consumer)} from one thread at a time (the media actor); {@link #relayed} and {@link #drops} from any.
 */
public final class RelayEngine implements AutoCloseable {
    /** A loop of its own takes about 170,000 packets/s; half of that is left as reserve. */
    static final int SESSIONS_PER_LOOP = 800;

    /** What became of an attempt to bind a session's four ports. */
    public enum Opening {
        OPENED,
        CALLER_BUSY,
        CALLEE_BUSY
    }

    private final RelayTransport transport;
    private final LoopWatch watch;
    private final List<RelayGroup> groups = new ArrayList<>();
    private final Map<RelayKey, RelaySession> sessions = new HashMap<>();

    /** Sessions are examined for silence once per {@code watchPeriod}. */
    public RelayEngine(RelayTransport transport, RelayFacts facts, Duration watchPeriod) {
        this.transport = transport;
        this.watch = new LoopWatch(transport.loops());
        for (RelayLoop loop : transport.loops()) {
            var group = new RelayGroup(loop);
            groups.add(group);
            loop.every(watchPeriod, () -> group.watch(facts));
        }
    }

    /** False when a loop has not answered the last dozen of these questions: this engine cannot relay any more. One thread at a time. */
    public boolean answers() {
        return watch.look();
    }

    public String transportName() {
        return transport.name();
    }

    /** Binds the ports of a lease; a session that is open already stays as it is. */
    public Opening open(RelayKey key, MediaLease lease, Binding binding) {
        if (sessions.containsKey(key)) {
            return Opening.OPENED;
        }
        return bindAll(lease, binding, sockets -> {
            RelayGroup group = emptiest();
            var session = new RelaySession(
                    key,
                    group,
                    new RelayLeg(group.loop, group.counters, sockets[0], sockets[1]),
                    new RelayLeg(group.loop, group.counters, sockets[2], sockets[3]));
            sessions.put(key, session);
            group.assigned++;
            group.loop.execute(() -> group.add(session));
        });
    }

    /** Binds the ports of an open session once more, so that this node is again the last binder; what was learned stays. */
    public Opening reopen(RelayKey key, MediaLease lease) {
        RelaySession session = sessions.get(key);
        if (session == null) {
            return open(key, lease, Binding.SHARED);
        }
        return bindAll(
                lease,
                Binding.SHARED,
                sockets -> session.group.loop.execute(() -> {
                    session.caller.replace(sockets[0], sockets[1]);
                    session.callee.replace(sockets[2], sockets[3]);
                }));
    }

    /** Puts a plan into force on an open session; unknown sessions are ignored. */
    public void apply(RelayKey key, RelayPlan plan) {
        apply(key, plan, () -> {});
    }

    /** Likewise; {@code then} runs once it is in force, on a loop's thread, at once for an unknown session. */
    public void apply(RelayKey key, RelayPlan plan, Runnable then) {
        RelaySession session = sessions.get(key);
        if (session == null) {
            then.run();
            return;
        }
        RelayLoop loop = session.group.loop;
        loop.execute(() -> {
            session.apply(plan, loop.round().now());
            then.run();
        });
    }

    /** Closes the sockets of a session and then tells its statistics, on a loop's thread; at once if it was not open. */
    public void close(RelayKey key, Consumer<SessionStatistics> then) {
        RelaySession session = sessions.remove(key);
        if (session == null) {
            then.accept(SessionStatistics.NONE);
            return;
        }
        session.group.assigned--;
        session.group.loop.execute(() -> {
            session.group.remove(session);
            then.accept(session.statistics());
        });
    }

    /** Packets sent on since the start. */
    public long relayed() {
        long sum = 0;
        for (RelayGroup group : groups) {
            sum += group.counters.relayedCount();
        }
        return sum;
    }

    /** Packets dropped since the start, by reason; every reason is present. */
    public Map<DropReason, Long> drops() {
        var sums = new EnumMap<DropReason, Long>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            long sum = 0;
            for (RelayGroup group : groups) {
                sum += group.counters.droppedCount(reason);
            }
            sums.put(reason, sum);
        }
        return sums;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Fills a loop before the next one is used: a second loop makes every packet dearer. */
    private RelayGroup emptiest() {
        RelayGroup least = groups.getFirst();
        for (RelayGroup group : groups) {
            if (group.assigned < SESSIONS_PER_LOOP) {
                return group;
            }
            if (group.assigned < least.assigned) {
                least = group;
            }
        }
        return least;
    }

    private Opening bindAll(MediaLease lease, Binding binding, Consumer<RelaySocket[]> then) {
        InetAddress host = InetAddress.ofLiteral(lease.host());
        int[] ports = {lease.callerPort(), lease.callerPort() + 1, lease.calleePort(), lease.calleePort() + 1};
        var sockets = new RelaySocket[ports.length];
        for (int i = 0; i < ports.length; i++) {
            RelaySocket bound = bind(new InetSocketAddress(host, ports[i]), binding);
            if (bound == null) {
                for (int j = 0; j < i; j++) {
                    sockets[j].discard();
                }
                return i < 2 ? Opening.CALLER_BUSY : Opening.CALLEE_BUSY;
            }
            sockets[i] = bound;
        }
        then.accept(sockets);
        return Opening.OPENED;
    }

    private @Nullable RelaySocket bind(InetSocketAddress local, Binding binding) {
        try {
            return transport.bind(local, binding);
        } catch (IOException busy) {
            return null;
        }
    }
}
