package org.sempervox.chaos.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.extension.ExtensionCommand;
import org.sempervox.core.extension.ExtensionDecision;
import org.sempervox.core.extension.ExtensionEvent;
import org.sempervox.core.extension.ExtensionMachine;
import org.sempervox.core.extension.ExtensionMemory;
import org.sempervox.core.extension.ExtensionReply;
import org.sempervox.core.extension.ExtensionState;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;

/** One incarnation of an extension on one node: stores, publishes changed bindings to every node, then answers. */
final class NodeExtension {
    private static final long BACK_OFF = 200_000;
    private static final long PUBLISHED_AT_LAST = 1_000_000;

    private final ClusterWorld world;
    private final SimulatedNode node;
    private final String number;
    private final long born;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Runnable> answersWaiting = new ArrayDeque<>();
    private ExtensionState state = ExtensionState.EMPTY;
    private ExtensionMemory memory = ExtensionMemory.EMPTY;
    private List<PublishedBinding> published = List.of();
    private int stored;
    private int restarts;
    private boolean busy = true;
    private boolean over;
    private int publishing;
    private int unheard;
    private @Nullable Runnable afterLeaving;

    NodeExtension(ClusterWorld world, SimulatedNode node, String number) {
        this.world = world;
        this.node = node;
        this.number = number;
        this.born = world.timeline.micros();
    }

    SimulatedNode node() {
        return node;
    }

    ExtensionState state() {
        return state;
    }

    void recover() {
        world.store.read(node, "Extension|" + number, this::recovered, () -> node.after(BACK_OFF, this::recover));
    }

    private void recovered(List<Object> events) {
        if (over) {
            return;
        }
        state = ExtensionState.EMPTY;
        memory = ExtensionMemory.EMPTY;
        if (world.broken != Broken.FORGOTTEN_BINDINGS) {
            events.forEach(event -> state = ExtensionMachine.evolve(state, (ExtensionEvent) event));
        }
        stored = events.size();
        busy = false;
        if ((!state.bindings().isEmpty() || world.broken == Broken.FORGOTTEN_BINDINGS) && node.open()) {
            publish();
        }
        next();
    }

    void register(RegisterRequest request, Consumer<RegisterReply> then) {
        carryOut(() -> new ExtensionCommand.Register(world.timeline.now(), request), reply -> {
            if (reply instanceof ExtensionReply.Registered registered) {
                afterPublishing(() -> then.accept(registered.reply()));
            }
        });
    }

    void reserve(String call, int limit, Consumer<Boolean> then) {
        carryOut(() -> new ExtensionCommand.ReserveSlot(world.timeline.now(), call, limit), reply -> {
            if (reply instanceof ExtensionReply.Slot slot) {
                then.accept(slot.granted());
            }
        });
    }

    void release(String call, Runnable then) {
        carryOut(() -> new ExtensionCommand.ReleaseSlot(world.timeline.now(), call), _ -> then.run());
    }

    private interface Command {
        ExtensionCommand now();
    }

    private void carryOut(Command command, Consumer<ExtensionReply> then) {
        if (over) {
            return;
        }
        if (busy) {
            waiting.add(() -> carryOut(command, then));
            return;
        }
        if (!node.open()) {
            return;
        }
        ExtensionDecision decision = ExtensionMachine.decide(state, memory, command.now());
        world.trace.add(StepTrace.mix(number.hashCode(), decision.events().size()));
        if (decision.events().isEmpty()) {
            decided(decision, then);
            return;
        }
        busy = true;
        String writer = node.process() + "/" + born + "/" + restarts;
        decision.events().forEach(event -> state = ExtensionMachine.evolve(state, event));
        world.store.append(node, "Extension|" + number, stored + 1, decision.events(), writer, outcome -> {
            if (over) {
                return;
            }
            if (outcome == SimulatedStore.Outcome.STORED) {
                busy = false;
                stored += decision.events().size();
                decided(decision, then);
                next();
            } else {
                restarts++;
                node.after(BACK_OFF, this::recover);
            }
        });
    }

    private void decided(ExtensionDecision decision, Consumer<ExtensionReply> then) {
        memory = decision.memory();
        if (node.open()) {
            if (!state.published().equals(published)) {
                publish();
            }
            then.accept(decision.reply());
        }
    }

    private void publish() {
        published = state.published();
        int round = ++publishing;
        var news = new SimulatedNode.Known(stored, published);
        node.learn(number, news);
        unheard = 0;
        if (world.broken != Broken.UNPUBLISHED_BINDINGS) {
            for (SimulatedNode other : world.others(node)) {
                unheard++;
                world.between(node, other, () -> {
                    other.learn(number, news);
                    world.between(other, node, () -> heard(round));
                });
            }
        }
        if (unheard == 0) {
            answered();
        } else {
            node.after(PUBLISHED_AT_LAST, () -> {
                if (round == publishing && unheard > 0) {
                    unheard = 0;
                    answered();
                }
            });
        }
    }

    private void heard(int round) {
        if (round == publishing && unheard > 0 && --unheard == 0) {
            answered();
        }
    }

    private void afterPublishing(Runnable answer) {
        if (unheard == 0) {
            answer.run();
        } else {
            answersWaiting.add(answer);
        }
    }

    private void answered() {
        while (!answersWaiting.isEmpty()) {
            Runnable answer = answersWaiting.poll();
            if (node.open()) {
                answer.run();
            }
        }
    }

    private void next() {
        while (!busy && !over && !waiting.isEmpty()) {
            waiting.poll().run();
        }
        Runnable then = afterLeaving;
        if (then != null && !busy && !over) {
            sleep(then);
        }
    }

    /** Stops once nothing is being stored. */
    void sleep(Runnable then) {
        if (busy) {
            afterLeaving = then;
            return;
        }
        over = true;
        node.extensions.remove(number, this);
        then.run();
    }
}
