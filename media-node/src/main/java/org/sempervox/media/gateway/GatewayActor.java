package org.sempervox.media.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.media.MediaCommand;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;

/**
 * Declares the plans of the calls on this node until the owner of their address has applied them, to the standbys too; again whenever the
 * serving nodes change. A call whose actor has stopped here (it lives on elsewhere) is no longer spoken for.
 */
final class GatewayActor {
    static final String MEDIA = "media";
    private static final Duration REPEAT = Duration.ofMillis(250);
    private static final Duration RENEW = Duration.ofSeconds(60);
    private static final long RELEASE_REPEAT_NANOS = Duration.ofMillis(500).toNanos();
    private static final long RELEASE_LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    /** Keeps a message well below the largest frame of the transport between nodes. */
    private static final int RENEWED_AT_ONCE = 500;

    private record Address(String session, int service) {}

    private static final class Releasing {
        private final ActorRef<MediaReport> replyTo;
        private final long since;
        private long lastSent;

        Releasing(ActorRef<MediaReport> replyTo, long since) {
            this.replyTo = replyTo;
            this.since = since;
            this.lastSent = since;
        }
    }

    private final ActorContext<GatewayMessage> context;
    private final AddressOwnership ownership;
    private final ActorRef<MediaReport> reports;
    private final ActorRef<MediaReport> unheard;
    private final Map<String, DeclaredPlan> live = new HashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();
    private final Map<Address, Releasing> releasing = new LinkedHashMap<>();
    private final Map<ActorRef<MediaReport>, Set<String>> spokenFor = new HashMap<>();

    private GatewayActor(ActorContext<GatewayMessage> context, AddressOwnership ownership) {
        this.context = context;
        this.ownership = ownership;
        this.unheard = context.spawn(Behaviors.ignore(), "unheard");
        this.reports = context.messageAdapter(MediaReport.class, GatewayMessage.Reported::new);
    }

    static Behavior<GatewayMessage> create(AddressOwnership ownership) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(GatewayMessage.Timer.REPEAT, REPEAT);
            timers.startTimerWithFixedDelay(GatewayMessage.Timer.RENEW, RENEW);
            ActorRef<GatewayMessage> me = context.getSelf();
            ownership.subscribe(nodes -> me.tell(new GatewayMessage.Serving(nodes)));
            return new GatewayActor(context, ownership).behavior();
        }));
    }

    private Behavior<GatewayMessage> behavior() {
        return Behaviors.receive(GatewayMessage.class)
                .onAnyMessage(this::receive)
                .onSignal(Terminated.class, this::gone)
                .build();
    }

    private Behavior<GatewayMessage> receive(GatewayMessage message) {
        switch (message) {
            case GatewayMessage.Lease(var session, var replyTo) -> lease(session, replyTo);
            case GatewayMessage.Declare(var plan, var replyTo) -> declare(plan, replyTo);
            case GatewayMessage.Release(var session, int service, var replyTo) -> release(session, service, replyTo);
            case GatewayMessage.Acknowledge(var session, int service, int number) ->
                owner(service).ifPresent(node -> node.tell(new MediaCommand.Acknowledge(session, number)));
            case GatewayMessage.Reported(var report) -> reported(report);
            case GatewayMessage.Serving(var nodes) -> live.values().forEach(this::declareToAll);
            case GatewayMessage.Timer.REPEAT -> repeat();
            case GatewayMessage.Timer.RENEW -> renew();
        }
        return Behaviors.same();
    }

    private void lease(String session, ActorRef<MediaReport> replyTo) {
        Rendezvous.choose(
                        session,
                        ownership.plan().addresses().size(),
                        service -> owner(service).isPresent())
                .ifPresentOrElse(
                        service -> owner(service)
                                .ifPresent(node -> node.tell(new MediaCommand.Lease(session, service, replyTo))),
                        () -> replyTo.tell(new MediaReport.LeaseRefused(session, "no media node serves")));
    }

    private void declare(MediaPlan plan, ActorRef<MediaReport> replyTo) {
        DeclaredPlan before = live.get(plan.session());
        if (before != null && before.isNewerThan(plan)) {
            replyTo.tell(new MediaReport.PlanRefused(
                    plan.session(),
                    plan.epoch(),
                    plan.version(),
                    "epoch " + before.plan.epoch() + " version " + before.plan.version() + " is declared"));
            return;
        }
        if (before != null && !before.replyTo.equals(replyTo)) {
            unwatch(before.replyTo, plan.session());
        }
        var declared = new DeclaredPlan(plan, replyTo);
        live.put(plan.session(), declared);
        spokenFor.computeIfAbsent(replyTo, unseen -> new HashSet<>()).add(plan.session());
        context.watch(replyTo);
        declareToAll(declared);
    }

    private void declareToAll(DeclaredPlan declared) {
        unconfirmed.add(declared.plan.session());
        var command = new MediaCommand.Declare(declared.plan, reports);
        everyNode().forEach(node -> node.tell(command));
    }

    private void release(String session, int service, ActorRef<MediaReport> replyTo) {
        DeclaredPlan declared = live.get(session);
        if (declared != null && declared.plan.lease().service() == service) {
            forget(declared);
        }
        var address = new Address(session, service);
        releasing.put(address, new Releasing(replyTo, System.nanoTime()));
        sendRelease(address);
    }

    /** Only the owner has the statistics; the others only drop what they hold. */
    private void sendRelease(Address address) {
        Optional<String> owner = ownership.owner(address.service);
        for (String node : ownership.serving()) {
            ActorRef<MediaReport> answers = owner.filter(node::equals).isPresent() ? reports : unheard;
            node(node)
                    .ifPresent(
                            media -> media.tell(new MediaCommand.Release(address.session, address.service, answers)));
        }
    }

    private void reported(MediaReport report) {
        switch (report) {
            case MediaReport.PlanApplied(var session, long epoch, int version) -> {
                DeclaredPlan declared = live.get(session);
                if (declared != null && declared.is(epoch, version)) {
                    unconfirmed.remove(session);
                    if (!declared.told) {
                        declared.told = true;
                        declared.replyTo.tell(report);
                    }
                }
            }
            case MediaReport.PlanRefused(var session, long epoch, int version, var _) -> {
                DeclaredPlan declared = live.get(session);
                if (declared != null && declared.is(epoch, version)) {
                    forget(declared);
                    declared.replyTo.tell(report);
                }
            }
            case MediaReport.TimedOut(var session, int _, var _) -> {
                DeclaredPlan declared = live.get(session);
                if (declared != null) {
                    declared.replyTo.tell(report);
                }
            }
            case MediaReport.Released released -> released(released);
            case MediaReport.Leased _, MediaReport.LeaseRefused _ ->
                context.getLog().debug("lease answered to the gateway: {}", report);
        }
    }

    /** The answer does not name the address; a call with two addresses at once releases them one after the other. */
    private void released(MediaReport.Released report) {
        Iterator<Map.Entry<Address, Releasing>> all = releasing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Address, Releasing> each = all.next();
            if (each.getKey().session.equals(report.session())) {
                all.remove();
                each.getValue().replyTo.tell(report);
                return;
            }
        }
    }

    private void repeat() {
        for (String session : unconfirmed) {
            DeclaredPlan declared = live.get(session);
            if (declared != null) {
                owner(declared.plan.lease().service())
                        .ifPresent(node -> node.tell(new MediaCommand.Declare(declared.plan, reports)));
            }
        }
        long now = System.nanoTime();
        releasing.values().removeIf(each -> now - each.since >= RELEASE_LIMIT_NANOS);
        releasing.forEach((address, each) -> {
            if (now - each.lastSent >= RELEASE_REPEAT_NANOS) {
                each.lastSent = now;
                sendRelease(address);
            }
        });
    }

    private void renew() {
        var sessions = new ArrayList<>(live.keySet());
        for (int from = 0; from < sessions.size(); from += RENEWED_AT_ONCE) {
            var some = List.copyOf(sessions.subList(from, Math.min(sessions.size(), from + RENEWED_AT_ONCE)));
            everyNode().forEach(node -> node.tell(new MediaCommand.Renew(some)));
        }
    }

    private Behavior<GatewayMessage> gone(Terminated signal) {
        Set<String> sessions = spokenFor.remove(signal.getRef().<MediaReport>unsafeUpcast());
        if (sessions != null) {
            for (String session : sessions) {
                live.remove(session);
                unconfirmed.remove(session);
            }
        }
        return Behaviors.same();
    }

    private void forget(DeclaredPlan declared) {
        live.remove(declared.plan.session());
        unconfirmed.remove(declared.plan.session());
        unwatch(declared.replyTo, declared.plan.session());
    }

    private void unwatch(ActorRef<MediaReport> replyTo, String session) {
        Set<String> sessions = spokenFor.get(replyTo);
        if (sessions != null && sessions.remove(session) && sessions.isEmpty()) {
            spokenFor.remove(replyTo);
            context.unwatch(replyTo);
        }
    }

    private List<ActorRef<MediaCommand>> everyNode() {
        var nodes = new ArrayList<ActorRef<MediaCommand>>();
        for (String name : ownership.serving()) {
            node(name).ifPresent(nodes::add);
        }
        return nodes;
    }

    private Optional<ActorRef<MediaCommand>> node(String name) {
        return ownership.actor(name, MEDIA, MediaCommand.class);
    }

    private Optional<ActorRef<MediaCommand>> owner(int service) {
        return ownership.ownerActor(service, MEDIA, MediaCommand.class);
    }
}
