package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallContext;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.call.CallMachine;
import org.sempervox.core.call.CallMemory;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.Decision;

/**
 * One incarnation of a call on one node, as its entity is: recovers from the store, decides, stores, then brings about; what comes
 * meanwhile waits. With the fence closed it takes nothing and brings nothing about.
 */
final class NodeCall {
    private static final Duration IDLE = Duration.ofSeconds(40);
    private static final long AGAIN = 100_000;
    private static final long BACK_OFF = 200_000;

    private final ClusterWorld world;
    private final SimulatedNode node;
    private final String id;
    private final Instant started;
    private final long epoch;
    private final CallMachine machine;
    private final NodeCallEffects effects;
    private final Deque<CallCommand> waiting = new ArrayDeque<>();
    private CallState state = new CallState.Idle();
    private CallMemory memory = CallMemory.fresh();
    private int stored;
    private int restarts;
    private boolean busy = true;
    private boolean over;
    private boolean leaving;
    private @Nullable Runnable afterLeaving;
    private Instant wake = Instant.MAX;
    private long armed;

    NodeCall(ClusterWorld world, SimulatedNode node, String id) {
        this.world = world;
        this.node = node;
        this.id = id;
        this.started = CallMemory.proving(world.timeline.now(), world.store.outage());
        this.epoch = world.timeline.now().toEpochMilli();
        this.machine = new CallMachine(
                new CallContext(id, ClusterWorld.KEYS, world.addresses, node.name(), epoch, "sempervox"));
        this.effects = new NodeCallEffects(world, node, this);
    }

    String id() {
        return id;
    }

    /** How many events its state is made of: none may be missing in the store when it speaks (S3). */
    int stored() {
        return stored;
    }

    boolean live() {
        return !over;
    }

    String text() {
        return "on " + node.process() + " " + CallMachine.phase(state) + (busy ? " busy" : "") + " owing "
                + machine.open(state, memory, world.timeline.now());
    }

    /** Its state if it talks and nothing is under way; else null. */
    CallState.@Nullable Talking settled() {
        boolean quiet = !busy && !over && node.open() && node.running();
        return quiet
                        && state instanceof CallState.Talking talking
                        && machine.open(talking, memory, world.timeline.now()).isEmpty()
                ? talking
                : null;
    }

    private String writer() {
        return node.process() + "/" + epoch + "/" + restarts;
    }

    /** Reads its history; again when the store does not answer. */
    void recover() {
        world.store.read(node, "Call|" + id, this::recovered, () -> node.after(BACK_OFF, this::recover));
    }

    private void recovered(List<Object> events) {
        if (over) {
            return;
        }
        int left =
                world.broken == Broken.FORGOTTEN_EVENT && epoch > ClusterWorld.START_MILLIS + 100 && events.size() > 2
                        ? events.size() - 1
                        : events.size();
        state = new CallState.Idle();
        for (Object event : events.subList(0, left)) {
            state = machine.evolve(state, (CallEvent) event);
        }
        stored = left;
        boolean idle = state instanceof CallState.Idle;
        memory = idle ? CallMemory.fresh() : machine.takeOver(state, started);
        busy = false;
        wake = Instant.MAX;
        if (!idle) {
            world.note(() -> node.process() + " takes over " + world.label(id) + ", " + CallMachine.phase(state));
        }
        if (world.broken == Broken.HANGS_UP_ON_TAKE_OVER && state instanceof CallState.Talking) {
            carryOut(new CallCommand.EndCall(world.timeline.now(), 500));
        }
        settle(List.of());
        next();
    }

    void receive(CallCommand command) {
        if (over) {
            world.timeline.nothing();
        } else if (busy) {
            waiting.add(command);
        } else {
            take(command);
        }
    }

    private void take(CallCommand command) {
        if (!node.open()) {
            again();
        } else {
            carryOut(command);
        }
    }

    private void carryOut(CallCommand command) {
        world.trace.add(
                StepTrace.mix(id.hashCode(), command.getClass().getName().hashCode()));
        Decision decision = machine.decide(state, memory, command);
        memory = decision.memory();
        if (decision.events().isEmpty()) {
            boolean finish = decision.effects().stream().anyMatch(CallEffect.Finish.class::isInstance);
            settle(decision.effects());
            if (finish) {
                finish();
            }
            return;
        }
        for (CallEvent event : decision.events()) {
            state = machine.evolve(state, event);
        }
        if (world.broken == Broken.SPEAKS_BEFORE_STORE) {
            stored += decision.events().size();
            settle(decision.effects());
            stored -= decision.events().size();
        }
        store(decision.events(), () -> {
            if (world.broken != Broken.SPEAKS_BEFORE_STORE) {
                settle(decision.effects());
            }
        });
    }

    private void store(List<CallEvent> events, Runnable then) {
        busy = true;
        int first = stored + 1;
        world.store.append(node, "Call|" + id, first, events, writer(), outcome -> {
            if (over) {
                return;
            }
            if (outcome == SimulatedStore.Outcome.STORED) {
                busy = false;
                stored += events.size();
                then.run();
                next();
            } else {
                restart();
            }
        });
    }

    /** As its supervisor does: everything but the history and what came meanwhile is forgotten. */
    private void restart() {
        restarts++;
        armed++;
        node.after(BACK_OFF, this::recover);
    }

    private void next() {
        while (!busy && !over && !waiting.isEmpty()) {
            take(waiting.poll());
        }
        if (leaving && !busy && !over) {
            leave();
        }
    }

    private void settle(List<CallEffect> decided) {
        if (!node.open()) {
            again();
            return;
        }
        Instant now = world.timeline.now();
        for (CallEffect effect : decided) {
            effects.run(effect);
        }
        boolean resumes = world.broken != Broken.FORGETS_WHAT_IT_OWES || restarts == 0 && stored < 2;
        List<CallEffect> due = machine.due(state, memory, now, known -> memory = known);
        if (resumes) {
            for (CallEffect effect : due) {
                effects.run(effect);
            }
        }
        arm(now);
    }

    private void arm(Instant now) {
        Instant next = state instanceof CallState.Idle
                ? now.plus(IDLE)
                : machine.wake(state, memory).orElse(Instant.MAX);
        if (next.equals(wake) && next.isAfter(now)) {
            return;
        }
        wake = next;
        if (next.equals(Instant.MAX)) {
            armed++;
            return;
        }
        // A deadline that stays in the past because something else is awaited is asked about again, not at once.
        Instant at = next.isAfter(now) ? next : now.plusSeconds(1);
        timer(Duration.between(now, at).toNanos() / 1000 + 1);
    }

    private void again() {
        wake = Instant.MAX;
        timer(AGAIN);
    }

    private void timer(long micros) {
        long token = ++armed;
        node.after(micros, () -> {
            if (token != armed || over) {
                world.timeline.nothing();
            } else if (busy) {
                waiting.add(new CallCommand.ReachDeadline(world.timeline.now()));
            } else {
                woken();
            }
        });
    }

    private void woken() {
        if (state instanceof CallState.Idle) {
            finish();
        } else {
            wake = Instant.MAX;
            take(new CallCommand.ReachDeadline(world.timeline.now()));
        }
    }

    /** To another node in order (S30); {@code then} once this one has stopped. */
    void handOver(Runnable then) {
        leaving = true;
        afterLeaving = then;
        if (!busy) {
            leave();
        }
    }

    private void leave() {
        leaving = false;
        if (state instanceof CallState.Idle || !node.open()) {
            left();
            return;
        }
        store(List.of(machine.settle(memory, world.timeline.now())), this::left);
    }

    private void left() {
        stop();
        Runnable then = afterLeaving;
        if (then != null) {
            then.run();
        }
        waiting.forEach(command -> world.tellCall(node, id, command));
    }

    private void finish() {
        List<String> open = new ArrayList<>(machine.open(state, memory, world.timeline.now()));
        world.invariants.finished(id, open);
        world.note(() -> world.label(id) + " is over on " + node.process());
        stop();
        world.membership.finished(node, id, waiting);
    }

    private void stop() {
        over = true;
        armed++;
        node.calls.remove(id, this);
        node.media().forgetCaller(id);
    }
}
