package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.media.relay.RelayEngine.Opening;
import org.sempervox.media.relay.RelayKey;
import org.sempervox.media.session.Relays;
import org.sempervox.media.session.SessionTable;

/** A node's media: the product's table of sessions over relays that only remember, and the way from its calls to all nodes' tables. */
final class NodeMedia {
    private static final long REPEAT = 250_000;
    private static final long RELEASE_LIMIT = 30_000_000;
    /** Ports that no plan has named by then are free again. */
    private static final long UNUSED = 61_000_000;

    private static final long HAND_OVER = 510_000;

    private final ClusterWorld world;
    private final SimulatedNode node;
    private final SessionTable<Consumer<MediaReport>> table;
    private final Map<RelayKey, MediaPlan> relayed = new HashMap<>();
    private final Set<RelayKey> opened = new HashSet<>();
    private final Map<String, Declared> live = new LinkedHashMap<>();
    private final Map<RelayKey, Releasing> releasing = new LinkedHashMap<>();
    private boolean repeating;

    private static final class Declared {
        final MediaPlan plan;
        final Consumer<MediaReport> replyTo;
        boolean applied;
        boolean told;

        Declared(MediaPlan plan, Consumer<MediaReport> replyTo) {
            this.plan = plan;
            this.replyTo = replyTo;
        }
    }

    private record Releasing(Consumer<MediaReport> replyTo, long since) {}

    NodeMedia(ClusterWorld world, SimulatedNode node) {
        this.world = world;
        this.node = node;
        this.table = new SessionTable<>(
                world.addresses, new Remembered(), (to, report) -> to.accept(report), () -> 0, Duration.ofMillis(500));
    }

    /** Sessions whose sockets are bound here. */
    Set<RelayKey> opened() {
        return opened;
    }

    @Nullable
    MediaPlan relayed(RelayKey key) {
        return relayed.get(key);
    }

    private long nanos() {
        return world.timeline.micros() * 1000;
    }

    void see(List<ServiceAddress> owned) {
        var services = new TreeSet<Integer>();
        owned.forEach(address -> services.add(address.index()));
        table.own(services, nanos());
        node.after(HAND_OVER, () -> table.tick(nanos()));
        if (world.broken != Broken.FORGOTTEN_PLANS) {
            live.values().forEach(this::declareToAll);
        }
    }

    private @Nullable SimulatedNode owner(int service) {
        return world.addresses
                .owner(service, node.serving())
                .flatMap(world::process)
                .orElse(null);
    }

    /** Null for none; no answer if the owner of the address has none to give. */
    void lease(String session, Consumer<@Nullable MediaLease> then) {
        int service =
                Math.floorMod(session.hashCode(), world.addresses.addresses().size());
        SimulatedNode owner = owner(service);
        if (owner == null) {
            return;
        }
        world.between(
                node,
                owner,
                () -> owner.media()
                        .table
                        .lease(
                                session,
                                service,
                                report -> {
                                    if (report instanceof MediaReport.Leased leased) {
                                        world.between(owner, node, () -> then.accept(leased.lease()));
                                    }
                                },
                                nanos()));
        owner.after(UNUSED, () -> owner.media().table.tick(nanos()));
    }

    void declare(MediaPlan plan, Consumer<MediaReport> replyTo) {
        var declared = new Declared(plan, replyTo);
        live.put(plan.session(), declared);
        declareToAll(declared);
    }

    private void declareToAll(Declared declared) {
        declared.applied = false;
        SimulatedNode owner = owner(declared.plan.lease().service());
        for (String name : node.serving()) {
            world.process(name)
                    .filter(other -> other == owner || world.broken != Broken.FORGOTTEN_PLANS)
                    .ifPresent(other -> declareTo(other, declared));
        }
        repeatLater();
    }

    private void declareTo(SimulatedNode other, Declared declared) {
        world.between(
                node,
                other,
                () -> other.media()
                        .table
                        .declare(
                                declared.plan,
                                report -> world.between(other, node, () -> applied(declared, report)),
                                nanos()));
    }

    private void applied(Declared declared, MediaReport report) {
        if (live.get(declared.plan.session()) != declared) {
            return;
        }
        if (report instanceof MediaReport.PlanRefused) {
            live.remove(declared.plan.session());
            declared.replyTo.accept(report);
        } else if (report instanceof MediaReport.PlanApplied) {
            declared.applied = true;
            if (!declared.told) {
                declared.told = true;
                declared.replyTo.accept(report);
            }
        } else {
            declared.replyTo.accept(report);
        }
    }

    void release(String session, int service, Consumer<MediaReport> replyTo) {
        Declared declared = live.get(session);
        if (declared != null && declared.plan.lease().service() == service) {
            live.remove(session);
        }
        var key = new RelayKey(session, service);
        if (world.broken == Broken.FORGOTTEN_RELEASE) {
            replyTo.accept(new MediaReport.Released(session, MediaReport.SessionStatistics.NONE));
            return;
        }
        releasing.put(key, new Releasing(replyTo, world.timeline.micros()));
        sendRelease(key);
        repeatLater();
    }

    private void sendRelease(RelayKey key) {
        SimulatedNode owner = owner(key.service());
        for (String name : node.serving()) {
            SimulatedNode other = world.process(name).orElse(null);
            if (other != null) {
                world.between(
                        node,
                        other,
                        () -> other.media()
                                .table
                                .release(
                                        key.session(),
                                        key.service(),
                                        report -> {
                                            if (other == owner) {
                                                world.between(other, node, () -> released(key, report));
                                            }
                                        },
                                        nanos()));
            }
        }
    }

    private void released(RelayKey key, MediaReport report) {
        Releasing known = releasing.remove(key);
        if (known != null) {
            known.replyTo().accept(report);
        }
    }

    void acknowledge(String session, int service, int number) {
        SimulatedNode owner = owner(service);
        if (owner != null) {
            world.between(node, owner, () -> owner.media().table.acknowledge(session, number));
        }
    }

    /** The call lives on elsewhere, or not at all: no longer spoken for from here. */
    void forgetCaller(String session) {
        live.remove(session);
    }

    private void repeatLater() {
        if (repeating) {
            return;
        }
        repeating = true;
        node.after(REPEAT, () -> {
            repeating = false;
            repeat();
        });
    }

    private void repeat() {
        boolean more = false;
        for (Declared declared : live.values()) {
            SimulatedNode owner =
                    declared.applied ? null : owner(declared.plan.lease().service());
            if (owner != null) {
                declareTo(owner, declared);
                more = true;
            }
        }
        long now = world.timeline.micros();
        releasing.values().removeIf(one -> now - one.since() >= RELEASE_LIMIT);
        for (RelayKey key : releasing.keySet()) {
            sendRelease(key);
            more = true;
        }
        if (more) {
            repeatLater();
        } else {
            world.timeline.nothing();
        }
    }

    /** Sockets and plans in force. */
    private final class Remembered implements Relays {
        @Override
        public Opening openFresh(RelayKey key, MediaLease lease) {
            opened.add(key);
            return Opening.OPENED;
        }

        @Override
        public Opening takeOver(RelayKey key, MediaLease lease) {
            opened.add(key);
            return Opening.OPENED;
        }

        @Override
        public boolean apply(RelayKey key, MediaPlan plan, Runnable applied) {
            relayed.put(key, plan);
            applied.run();
            return true;
        }

        @Override
        public void close(RelayKey key, Consumer<MediaReport.SessionStatistics> then) {
            opened.remove(key);
            relayed.remove(key);
            then.accept(MediaReport.SessionStatistics.NONE);
        }
    }
}
