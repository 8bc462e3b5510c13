package org.sempervox.chaos.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.fence.OutputFence;

/** One process: its calls, extensions, edge and media, what it believes of the others, and whether it may speak (S21). */
final class SimulatedNode implements OutputFence {
    /** {@code MajorityFence}: its lease, and how long a pause makes it ask anew. */
    private static final long LEASE = 1_000_000;

    private static final long CONFIRMED_AGAIN = 40_000;
    private static final long GOSSIP = 1_000_000;

    enum Standing {
        RUNNING,
        FROZEN,
        GONE
    }

    record Known(int version, List<PublishedBinding> bindings) {}

    private final ClusterWorld world;
    private final String name;
    private final int incarnation;
    private final NodeEdge edge;
    private final NodeMedia media;
    final Map<String, NodeCall> calls = new LinkedHashMap<>();
    final Map<String, NodeExtension> extensions = new LinkedHashMap<>();
    final Map<String, Known> bindings = new HashMap<>();
    private final Map<Integer, Long> bound = new TreeMap<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private final Deque<Runnable> deferred = new ArrayDeque<>();
    private final IdentityHashMap<SimulatedNode, Long> arrivals = new IdentityHashMap<>();
    private Set<String> serving = Set.of();
    private Standing standing = Standing.RUNNING;
    private boolean cut;
    private long fencedFrom = Long.MAX_VALUE;
    private boolean removed;
    private long caughtUpAt;

    SimulatedNode(ClusterWorld world, String name, int incarnation) {
        this.world = world;
        this.name = name;
        this.incarnation = incarnation;
        this.edge = new NodeEdge(world, this);
        this.media = new NodeMedia(world, this);
    }

    String name() {
        return name;
    }

    int incarnation() {
        return incarnation;
    }

    /** Name and incarnation: what a writer of events is known by. */
    String process() {
        return name + "#" + incarnation;
    }

    NodeEdge edge() {
        return edge;
    }

    NodeMedia media() {
        return media;
    }

    Set<String> serving() {
        return serving;
    }

    boolean gone() {
        return standing == Standing.GONE;
    }

    boolean cutOff() {
        return cut;
    }

    boolean running() {
        return standing == Standing.RUNNING;
    }

    /** Others have declared it dead; only they know. */
    boolean removed() {
        return removed;
    }

    void markRemoved() {
        removed = true;
    }

    /** Whether this is the process of its name that belongs to the cluster. */
    boolean reachable() {
        return standing == Standing.RUNNING && !cut;
    }

    @Override
    public boolean open() {
        return world.broken == Broken.NO_FENCE
                || world.broken == Broken.OLD_EPOCHS
                || world.timeline.micros() < fencedFrom;
    }

    /** In its own time: at once, when it wakes up, or never. */
    void run(Runnable action) {
        switch (standing) {
            case RUNNING -> action.run();
            case FROZEN -> deferred.add(action);
            case GONE -> world.timeline.nothing();
        }
    }

    void after(long micros, Runnable action) {
        world.timeline.at(world.timeline.micros() + micros, () -> run(action));
    }

    /**
     * Something for another machine that leaves after that time.
     *
     * @param early it has left already if the node stops meanwhile
     * @param lost if it never leaves
     */
    void leave(long micros, boolean early, Runnable action, Runnable lost) {
        world.timeline.at(world.timeline.micros() + micros, () -> {
            if (cut) {
                lost.run();
            } else if (early && standing == Standing.FROZEN) {
                action.run();
            } else {
                run(action);
            }
        });
    }

    /** What one process says to another arrives in its order, as over one connection; {@code micros}: the way it would take alone. */
    long inOrder(SimulatedNode to, long micros) {
        long now = world.timeline.micros();
        long arrives = Math.max(now + micros, arrivals.getOrDefault(to, 0L));
        arrivals.put(to, arrives);
        return arrives - now;
    }

    /** Something from another machine; lost while the node is cut off. */
    void reach(long micros, Runnable action, Runnable lost) {
        world.timeline.at(world.timeline.micros() + micros, () -> {
            if (cut) {
                lost.run();
            } else {
                run(action);
            }
        });
    }

    void die() {
        standing = Standing.GONE;
        deferred.clear();
        unbindAll();
    }

    private void unbindAll() {
        bound.keySet().forEach(service -> world.unbound(service, this));
        bound.clear();
    }

    void freeze() {
        standing = Standing.FROZEN;
        fencedFrom = Math.min(fencedFrom, world.timeline.micros() + LEASE);
    }

    /** What others have published meanwhile comes by gossip within a second; until then this node may not know it. */
    boolean catchesUp() {
        return world.timeline.micros() < caughtUpAt;
    }

    void catchUp() {
        caughtUpAt = world.timeline.micros() + GOSSIP;
        after(GOSSIP / 2, () -> world.others(this).forEach(other -> other.bindings.forEach(this::learn)));
    }

    /** Everything that waited happens now, before anybody has told it that it was away. */
    void wake() {
        standing = Standing.RUNNING;
        catchUp();
        if (world.timeline.micros() < fencedFrom) {
            fencedFrom = Long.MAX_VALUE;
        } else {
            askForConfirmation();
        }
        while (!deferred.isEmpty() && standing == Standing.RUNNING) {
            deferred.poll().run();
        }
    }

    void cut() {
        cut = true;
        fencedFrom = Math.min(fencedFrom, world.timeline.micros() + LEASE);
    }

    void join() {
        cut = false;
        catchUp();
        askForConfirmation();
    }

    /** The others have to hear it, and to know it. */
    private void askForConfirmation() {
        if (!removed) {
            after(CONFIRMED_AGAIN, () -> fencedFrom = removed || cut ? fencedFrom : Long.MAX_VALUE);
        }
    }

    /** As this node comes to know the nodes that serve: addresses, media and calls learn who speaks for what (S16, S17, S19). */
    void see(Set<String> now) {
        serving = now;
        List<ServiceAddress> owned = world.addresses.ownedBy(name, now);
        var lost = new java.util.TreeSet<>(bound.keySet());
        for (ServiceAddress address : owned) {
            lost.remove(address.index());
            if (!bound.containsKey(address.index())) {
                bound.put(address.index(), world.bound(address.index(), this));
            }
        }
        if (world.broken != Broken.KEPT_ADDRESS) {
            lost.forEach(service -> {
                bound.remove(service);
                world.unbound(service, this);
            });
            edge.forget(lost);
        }
        media.see(owned);
        for (ServiceAddress address : world.addresses.addresses()) {
            String owner = world.addresses.owner(address.index(), now).orElse("");
            String before = owners.put(address.index(), owner);
            if (before != null && !owner.isEmpty() && !owner.equals(before)) {
                var move = new CallCommand.MoveAddress(world.timeline.now(), address.index());
                List.copyOf(calls.values()).forEach(call -> call.receive(move));
            }
        }
    }

    boolean serves(int service) {
        return bound.containsKey(service);
    }

    /** Which taking of the address this node speaks by; later ones are higher. */
    long term(int service) {
        return bound.getOrDefault(service, -1L);
    }

    void learn(String extension, Known news) {
        Known before = bindings.get(extension);
        if (before == null || before.version() < news.version()) {
            bindings.put(extension, news);
        }
    }
}
