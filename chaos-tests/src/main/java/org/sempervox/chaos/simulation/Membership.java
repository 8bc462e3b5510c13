package org.sempervox.chaos.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.sempervox.chaos.simulation.story.Line.NodeFault;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallDirectory;

/**
 * Which nodes belong to the cluster and which of them has which call and extension: failure detection, take-over of what a lost node had,
 * orderly hand-over to one that came. Each node learns of it at a time of its own. At most one node is away at a time: without a majority
 * nobody takes over.
 */
final class Membership {
    /** Reset connections and refused ports: certain death. */
    private static final long DEAD_AFTER = 80_000;

    /** Silence: unreachable after 0.9 s, taken over 0.5 s later. */
    private static final long SILENT_AFTER = 1_400_000;

    private static final long LEARNT_WITHIN = 50_000;
    private static final long RESTARTED_AFTER = 2_000_000;

    /** What homes of extensions begin with; ids of calls are in lower case. */
    private static final String EXTENSION = "Extension|";

    private final ClusterWorld world;
    private final Map<String, SimulatedNode> nodes = new HashMap<>();
    private final TreeSet<String> members = new TreeSet<>();
    private final Set<String> hosting = new TreeSet<>();
    private final Map<String, SimulatedNode> homes = new HashMap<>();
    private final Map<String, Deque<CallCommand>> undelivered = new HashMap<>();
    private int draws;
    private int faults;

    Membership(ClusterWorld world) {
        this.world = world;
    }

    void start(Collection<String> names) {
        members.addAll(names);
        hosting.addAll(names);
        names.forEach(name -> nodes.put(name, new SimulatedNode(world, name, 1)));
        names.forEach(name -> node(name).see(new TreeSet<>(members)));
    }

    private SimulatedNode node(String name) {
        return java.util.Objects.requireNonNull(nodes.get(name));
    }

    /** The newest process of that name. */
    java.util.Optional<SimulatedNode> process(String name) {
        return java.util.Optional.ofNullable(nodes.get(name));
    }

    /** Who serves an address, as all would say once they know the same. */
    java.util.Optional<SimulatedNode> speaker(int service) {
        return world.addresses.owner(service, members).flatMap(this::process);
    }

    Collection<SimulatedNode> all() {
        return nodes.values();
    }

    int faults() {
        return faults;
    }

    private long within(long range) {
        return Long.remainderUnsigned(StepTrace.mix(++draws, range), range);
    }

    private void later(long micros, Runnable action) {
        world.timeline.at(world.timeline.micros() + micros, action);
    }

    /** Nothing happens to a node while another one is away. */
    void strike(NodeFault fault) {
        SimulatedNode victim = nodes.get(fault.node());
        boolean well = members.size() == world.nodeNames.size()
                && nodes.values().stream().allMatch(node -> node.reachable() && !node.removed());
        if (victim == null || !well) {
            return;
        }
        faults++;
        long lasts = fault.lasts() * 1000L;
        world.note(() -> "FAULT " + fault.node() + " " + fault.kind() + " for " + fault.lasts() + " ms");
        world.trace.add(
                StepTrace.mix(fault.node().hashCode(), fault.kind().name().hashCode()));
        switch (fault.kind()) {
            case DIES -> {
                victim.die();
                later(DEAD_AFTER + within(170_000), () -> remove(victim));
                later(Math.max(lasts, 1_000_000), () -> start(victim));
            }
            case FREEZES -> {
                victim.freeze();
                silent(victim, lasts);
                later(lasts, () -> {
                    victim.wake();
                    ended(victim);
                });
            }
            case CUT_OFF -> {
                victim.cut();
                silent(victim, lasts);
                later(lasts, () -> {
                    victim.join();
                    ended(victim);
                });
            }
        }
    }

    private void silent(SimulatedNode victim, long lasts) {
        long noticed = SILENT_AFTER + within(100_000);
        if (lasts > noticed) {
            later(noticed, () -> remove(victim));
        }
    }

    /** Back again: if the others have gone on without it, they say so and it ends. */
    private void ended(SimulatedNode victim) {
        if (victim.removed()) {
            later(20_000 + within(800_000), () -> {
                victim.die();
                later(RESTARTED_AFTER, () -> start(victim));
            });
        }
    }

    private void remove(SimulatedNode lost) {
        lost.markRemoved();
        members.remove(lost.name());
        world.note(() -> lost.process() + " is no member any more");
        Set<String> left = new TreeSet<>(members);
        for (String name : left) {
            SimulatedNode survivor = node(name);
            survivor.after(within(LEARNT_WITHIN), () -> survivor.see(left));
        }
        hosting.remove(lost.name());
        later(LEARNT_WITHIN + within(250_000), () -> takeOver(lost));
    }

    private void takeOver(SimulatedNode lost) {
        var orphans = new ArrayList<String>();
        homes.forEach((id, home) -> {
            if (home == lost) {
                orphans.add(id);
            }
        });
        orphans.sort(null);
        for (String id : orphans) {
            homes.remove(id);
            if (!id.startsWith(EXTENSION)) {
                begin(id, node(homeOf(id)));
            }
        }
    }

    /** A new process of a node that was away. */
    private void start(SimulatedNode before) {
        if (!members.contains(before.name())) {
            String name = before.name();
            var fresh = new SimulatedNode(world, name, before.incarnation() + 1);
            SimulatedNode teacher = node(members.first());
            fresh.bindings.putAll(teacher.bindings);
            nodes.put(name, fresh);
            members.add(name);
            // What is published just now may reach the others only.
            fresh.catchUp();
            world.note(() -> fresh.process() + " joins");
            Set<String> now = new TreeSet<>(members);
            for (String each : now) {
                SimulatedNode one = node(each);
                one.after(within(LEARNT_WITHIN), () -> one.see(now));
            }
            later(200_000 + within(200_000), () -> rebalance(fresh));
        } else {
            later(500_000, () -> start(before));
        }
    }

    /** Its share of calls and extensions moves to it, a few at a time. */
    private void rebalance(SimulatedNode fresh) {
        if (!fresh.reachable()) {
            return;
        }
        hosting.add(fresh.name());
        int moved = 0;
        var ids = new ArrayList<>(homes.keySet());
        ids.sort(null);
        for (String id : ids) {
            SimulatedNode from = homes.get(id);
            if (from != null && from != fresh && homeOf(id).equals(fresh.name())) {
                long when = 10_000L * moved++;
                from.after(when, () -> move(id, from, fresh));
            }
        }
    }

    private void move(String id, SimulatedNode from, SimulatedNode to) {
        if (homes.get(id) != from || !to.reachable() || to.removed()) {
            return;
        }
        if (id.startsWith(EXTENSION)) {
            NodeExtension extension = from.extensions.get(id.substring(EXTENSION.length()));
            if (extension != null) {
                extension.sleep(() -> homes.remove(id, from));
            }
            return;
        }
        NodeCall call = from.calls.get(id);
        if (call != null) {
            call.handOver(() -> {
                if (homes.get(id) == from) {
                    begin(id, to.removed() ? node(homeOf(id)) : to);
                }
            });
        }
    }

    private String homeOf(String id) {
        String best = "";
        long highest = 0;
        for (String name : hosting.isEmpty() ? members : hosting) {
            long score = StepTrace.mix(id.hashCode(), name.hashCode()) >>> 1;
            if (best.isEmpty() || score > highest) {
                best = name;
                highest = score;
            }
        }
        return best;
    }

    private NodeCall begin(String id, SimulatedNode node) {
        homes.put(id, node);
        var call = new NodeCall(world, node, id);
        node.run(() -> {
            node.calls.put(id, call);
            call.recover();
            Deque<CallCommand> waiting = undelivered.remove(id);
            if (waiting != null) {
                waiting.forEach(call::receive);
            }
        });
        return call;
    }

    /** As sharding delivers: to where the call is, waking it if it is nowhere; what reaches a lost node is lost until that is known. */
    void deliver(SimulatedNode from, String id, CallCommand command) {
        SimulatedNode home = homes.get(id);
        if (home == null) {
            if (CallDirectory.onlyIfLive(command)) {
                return;
            }
            SimulatedNode node = node(homeOf(id));
            world.between(from, node, () -> arrived(node, id, command));
            return;
        }
        if (home.removed()) {
            undelivered.computeIfAbsent(id, key -> new ArrayDeque<>()).add(command);
            return;
        }
        world.between(from, home, () -> arrived(home, id, command));
    }

    private void arrived(SimulatedNode node, String id, CallCommand command) {
        NodeCall call = node.calls.get(id);
        if (call == null && !node.removed() && !homes.containsKey(id) && !CallDirectory.onlyIfLive(command)) {
            call = begin(id, node);
        }
        if (call != null) {
            call.receive(command);
        } else if (!node.removed() && homes.get(id) != node) {
            deliver(node, id, command);
        }
    }

    /** A call has ended for good; what came at that very moment wakes it again. */
    void finished(SimulatedNode home, String id, Collection<CallCommand> late) {
        if (homes.remove(id, home)) {
            late.forEach(command -> deliver(home, id, command));
        }
    }

    void ask(SimulatedNode from, String number, Consumer<NodeExtension> question) {
        String id = EXTENSION + number;
        SimulatedNode home = homes.get(id);
        SimulatedNode node = home == null ? node(homeOf(id)) : home;
        world.between(from, node, () -> {
            NodeExtension extension = node.extensions.get(number);
            SimulatedNode now = homes.get(id);
            if (extension == null && !node.removed() && (now == null || now == node)) {
                extension = new NodeExtension(world, node, number);
                homes.put(id, node);
                node.extensions.put(number, extension);
                extension.recover();
            }
            if (extension != null) {
                question.accept(extension);
            }
        });
    }

    List<NodeCall> calls() {
        var all = new ArrayList<NodeCall>();
        nodes.values().forEach(node -> all.addAll(node.calls.values()));
        return all;
    }
}
