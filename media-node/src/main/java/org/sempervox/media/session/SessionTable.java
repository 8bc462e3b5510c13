package org.sempervox.media.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayEngine.Opening;
import org.sempervox.media.relay.RelayKey;
import org.sempervox.media.session.MediaSession.Standing;

/**
 * All sessions that this node relays or holds for the owner of their address (S19, S20). Every decision of the media node is here; it
 * reads no clock and knows no actor. Times are nanoseconds of one monotonic clock.
 *
 * <pre>
 *           declare, address owned elsewhere           address owned / bind
 *   (none) ────────────────────────────────▶ HELD ─────────────────────────▶ BOUND
 *      │    lease or declare, address owned   ▲                               │
 *      └──────────────────────────────────────┼───────────────────────────────▶
 *                                             └──── hand-over ─ LEAVING ◀─────┘ address owned elsewhere
 * </pre>
 *
 * <p>An end (release, lease unused for 60 s, no renewal for 10 min) leads from everywhere to none. Not thread-safe.
 *
 * @param <R> whom to answer
 */
public final class SessionTable<R> {
    static final long UNUSED_LEASE_NANOS = Duration.ofSeconds(60).toNanos();
    static final long RENEWAL_NANOS = Duration.ofMinutes(10).toNanos();
    static final long REPEAT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ATTEMPTS = 64;
    private static final Comparator<MediaPlan> AGE =
            Comparator.comparingLong(MediaPlan::epoch).thenComparingInt(MediaPlan::version);

    private final Relays relays;
    private final Replies<R> replies;
    private final IntSupplier starts;
    private final long handOverNanos;
    private final List<ServedAddress> addresses = new ArrayList<>();
    private final Map<RelayKey, MediaSession<R>> sessions = new HashMap<>();
    private final EndedSessions ended = new EndedSessions();

    /**
     * An empty table.
     *
     * @param starts gives a random number each time an address becomes owned: where its first port is looked for
     * @param handOver how long sessions of a lost address are relayed on
     */
    public SessionTable(AddressPlan plan, Relays relays, Replies<R> replies, IntSupplier starts, Duration handOver) {
        this.relays = relays;
        this.replies = replies;
        this.starts = starts;
        this.handOverNanos = handOver.toNanos();
        for (ServiceAddress address : plan.addresses()) {
            addresses.add(new ServedAddress(address));
        }
    }

    public void lease(String session, int service, R replyTo, long now) {
        var key = new RelayKey(session, service);
        ServedAddress at = address(service);
        PortAllocator ports = at == null ? null : at.ports();
        if (at == null || ports == null) {
            replies.tell(replyTo, new MediaReport.LeaseRefused(session, "address " + service + " is not served here"));
            return;
        }
        MediaSession<R> known = sessions.get(key);
        if (known != null) {
            known.renewedAt = now;
            replies.tell(replyTo, new MediaReport.Leased(session, known.lease));
            return;
        }
        MediaLease lease = bindFresh(key, at.address, ports, now);
        if (lease == null) {
            replies.tell(replyTo, new MediaReport.LeaseRefused(session, "no port left on address " + service));
            return;
        }
        var leased = new MediaSession<R>(key, lease, now);
        leased.standing = Standing.BOUND;
        sessions.put(key, leased);
        at.hold(key, lease);
        ended.forget(key);
        replies.tell(replyTo, new MediaReport.Leased(session, lease));
    }

    private @Nullable MediaLease bindFresh(RelayKey key, ServiceAddress address, PortAllocator ports, long now) {
        OptionalInt caller = ports.take(now);
        OptionalInt callee = ports.take(now);
        for (int attempt = 0; attempt < ATTEMPTS && caller.isPresent() && callee.isPresent(); attempt++) {
            var lease = new MediaLease(key.service(), address.host(), caller.getAsInt(), callee.getAsInt());
            switch (relays.openFresh(key, lease)) {
                case OPENED -> {
                    return lease;
                }
                case CALLER_BUSY -> {
                    ports.release(caller.getAsInt(), now);
                    caller = ports.take(now);
                }
                case CALLEE_BUSY -> {
                    ports.release(callee.getAsInt(), now);
                    callee = ports.take(now);
                }
            }
        }
        caller.ifPresent(port -> ports.release(port, now));
        callee.ifPresent(port -> ports.release(port, now));
        return null;
    }

    public void declare(MediaPlan plan, R replyTo, long now) {
        var key = new RelayKey(plan.session(), plan.lease().service());
        ServedAddress at = address(key.service());
        if (at == null || !at.fits(plan.lease())) {
            refuse(plan, replyTo, "ports are not of address " + key.service());
            return;
        }
        String refusal = refusal(key, plan, at);
        if (refusal != null) {
            if (at.owned()) {
                refuse(plan, replyTo, refusal);
            }
            return;
        }
        MediaSession<R> session = sessions.get(key);
        if (session != null && !session.lease.equals(plan.lease())) {
            end(session, now);
            session = null;
        }
        endOlderElsewhere(plan, now);
        if (session == null) {
            endHolders(at, key, plan.lease(), now);
            session = new MediaSession<>(key, plan.lease(), now);
            sessions.put(key, session);
            at.hold(key, plan.lease());
        }
        boolean changed = !plan.equals(session.plan());
        session.declared(plan, replyTo, now);
        if (at.owned()) {
            bring(session, plan, replyTo, changed);
        } else if (session.standing == Standing.LEAVING && changed) {
            relays.apply(key, plan, () -> {});
        }
    }

    /** Why a plan must not come into force; null if it may. */
    private @Nullable String refusal(RelayKey key, MediaPlan plan, ServedAddress at) {
        if (ended.forbids(key, plan)) {
            return "session has ended";
        }
        MediaSession<R> session = sessions.get(key);
        MediaPlan inForce = session == null ? null : session.plan();
        if (inForce != null && AGE.compare(plan, inForce) < 0) {
            return "epoch " + inForce.epoch() + " version " + inForce.version() + " is in force";
        }
        if (at.owned()) {
            for (int port : new int[] {plan.lease().callerPort(), plan.lease().calleePort()}) {
                RelayKey holder = at.otherHolder(port, key);
                if (holder != null) {
                    return "port " + port + " is in use by session " + holder.session();
                }
            }
        }
        return null;
    }

    private void bring(MediaSession<R> session, MediaPlan plan, R replyTo, boolean changed) {
        boolean bound = session.standing == Standing.BOUND;
        Runnable applied =
                () -> replies.tell(replyTo, new MediaReport.PlanApplied(plan.session(), plan.epoch(), plan.version()));
        if (!bound && !bind(session)) {
            refuse(plan, replyTo, "a port is in use by another program");
        } else if (bound && !changed) {
            applied.run();
        } else if (!relays.apply(session.key, plan, applied)) {
            refuse(plan, replyTo, "an address of the plan is not numeric");
        }
    }

    private boolean bind(MediaSession<R> session) {
        if (relays.takeOver(session.key, session.lease) != Opening.OPENED) {
            return false;
        }
        session.standing = Standing.BOUND;
        return true;
    }

    private void refuse(MediaPlan plan, R replyTo, String reason) {
        replies.tell(replyTo, new MediaReport.PlanRefused(plan.session(), plan.epoch(), plan.version(), reason));
    }

    /** A call that has moved to another address needs the old one no longer. */
    private void endOlderElsewhere(MediaPlan plan, long now) {
        for (ServedAddress other : addresses) {
            MediaSession<R> session = sessions.get(new RelayKey(plan.session(), other.address.index()));
            MediaPlan inForce = session == null ? null : session.plan();
            if (session != null
                    && inForce != null
                    && session.key.service() != plan.lease().service()
                    && AGE.compare(inForce, plan) < 0) {
                end(session, now);
            }
        }
    }

    /** Only where the address is owned elsewhere: its owner has given the ports away, so their session here has ended unheard. */
    private void endHolders(ServedAddress at, RelayKey key, MediaLease lease, long now) {
        for (int port : new int[] {lease.callerPort(), lease.calleePort()}) {
            RelayKey holder = at.otherHolder(port, key);
            MediaSession<R> session = holder == null ? null : sessions.get(holder);
            if (session != null) {
                end(session, now);
            }
        }
    }

    public void release(String session, int service, R replyTo, long now) {
        var key = new RelayKey(session, service);
        MediaSession<R> known = sessions.get(key);
        if (known == null) {
            replies.tell(replyTo, new MediaReport.Released(session, ended.statistics(key)));
            return;
        }
        EndedSessions.Ended grave = ended.add(key, known.plan(), now);
        remove(known, now, statistics -> {
            grave.statistics = statistics;
            replies.tell(replyTo, new MediaReport.Released(session, statistics));
        });
    }

    public void renew(List<String> names, long now) {
        for (String name : names) {
            for (ServedAddress at : addresses) {
                MediaSession<R> session = sessions.get(new RelayKey(name, at.address.index()));
                if (session != null && session.plan() != null) {
                    session.renewedAt = now;
                }
            }
        }
    }

    public void acknowledge(String name, int number) {
        for (ServedAddress at : addresses) {
            MediaSession<R> session = sessions.get(new RelayKey(name, at.address.index()));
            if (session != null) {
                session.facts.remove(number);
            }
        }
    }

    /**
     * Notes that a session is silent and tells the call.
     *
     * @param atLeast the fact's number is not lower; seconds of the wall clock, so that numbers rise from one owner to the next
     */
    public void silent(RelayKey key, Duration silence, int atLeast, long now) {
        MediaSession<R> session = sessions.get(key);
        if (session == null || session.standing != Standing.BOUND || session.plan() == null) {
            return;
        }
        int number = Math.max(session.lastNumber + 1, atLeast);
        session.lastNumber = number;
        session.facts.put(number, new MediaSession.Fact(silence, now));
        tell(session, number, silence);
    }

    private void tell(MediaSession<R> session, int number, Duration silence) {
        R replyTo = session.replyTo();
        if (replyTo != null) {
            replies.tell(replyTo, new MediaReport.TimedOut(session.key.session(), number, silence));
        }
    }

    /** The addresses that this node owns from now on: binds what it holds for them at once, hands over the others without a gap. */
    public void own(Set<Integer> owned, long now) {
        for (ServedAddress at : addresses) {
            boolean own = owned.contains(at.address.index());
            if (own == at.owned()) {
                continue;
            }
            if (own) {
                at.own(starts.getAsInt(), now);
            } else {
                at.disown();
            }
            for (MediaSession<R> session : List.copyOf(sessions.values())) {
                if (session.key.service() != at.address.index()) {
                    continue;
                }
                if (own) {
                    takeOver(session);
                } else if (session.standing == Standing.BOUND) {
                    leave(session, now);
                }
            }
        }
    }

    private void leave(MediaSession<R> session, long now) {
        session.standing = Standing.LEAVING;
        session.leavingUntil = now + handOverNanos;
        session.facts.clear();
        if (handOverNanos == 0) {
            left(session, session.plan() != null, now);
        }
    }

    private void takeOver(MediaSession<R> session) {
        boolean relaying = session.standing == Standing.LEAVING;
        MediaPlan plan = session.plan();
        if (bind(session) && !relaying && plan != null) {
            relays.apply(session.key, plan, () -> {});
        }
    }

    /** What time brings; called every 250 ms or so. */
    public void tick(long now) {
        ended.tick(now);
        for (MediaSession<R> session : List.copyOf(sessions.values())) {
            boolean planned = session.plan() != null;
            long idle = now - session.renewedAt;
            if (idle >= (planned ? RENEWAL_NANOS : UNUSED_LEASE_NANOS)) {
                end(session, now);
            } else if (session.standing == Standing.LEAVING && now - session.leavingUntil >= 0) {
                left(session, planned, now);
            } else if (session.standing == Standing.HELD
                    && addresses.get(session.key.service()).owned()) {
                takeOver(session);
            } else {
                repeatFacts(session, now);
            }
        }
    }

    private void left(MediaSession<R> session, boolean planned, long now) {
        if (planned) {
            session.standing = Standing.HELD;
            relays.close(session.key, unheard -> {});
        } else {
            end(session, now);
        }
    }

    private void repeatFacts(MediaSession<R> session, long now) {
        for (var each : session.facts.entrySet()) {
            MediaSession.Fact fact = each.getValue();
            if (now - fact.lastTold >= REPEAT_NANOS) {
                fact.lastTold = now;
                tell(session, each.getKey(), fact.silence);
            }
        }
    }

    private void end(MediaSession<R> session, long now) {
        remove(session, now, unheard -> {});
    }

    private void remove(MediaSession<R> session, long now, Consumer<SessionStatistics> then) {
        sessions.remove(session.key);
        addresses.get(session.key.service()).giveBack(session.lease, now);
        relays.close(session.key, then);
    }

    /** Sessions whose sockets are bound here, leaving ones included. */
    public int relaying() {
        int count = 0;
        for (MediaSession<R> session : sessions.values()) {
            count += session.standing == Standing.HELD ? 0 : 1;
        }
        return count;
    }

    /** One per service address, in their order. */
    List<AddressFigures> figures() {
        var figures = new ArrayList<AddressFigures>();
        for (ServedAddress at : addresses) {
            figures.add(AddressFigures.of(at, sessions.values()));
        }
        return figures;
    }

    private @Nullable ServedAddress address(int service) {
        return service >= 0 && service < addresses.size() ? addresses.get(service) : null;
    }
}
