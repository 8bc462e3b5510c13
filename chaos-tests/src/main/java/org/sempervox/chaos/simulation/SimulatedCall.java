package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallContext;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.call.CallMachine;
import org.sempervox.core.call.CallMemory;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.Decision;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.routing.Destination;

/** The shell around a {@link CallMachine} as the entity has it: journal, effects, one timer, take-over; and its crash points. */
final class SimulatedCall {
    private static final Duration LOOK_UP = Duration.ofMillis(4);
    private static final Duration STORE = Duration.ofMillis(2);

    private final World world;
    private final String id;
    private final List<CallEvent> journal = new ArrayList<>();
    private CallState state = new CallState.Idle();
    private CallMemory memory = CallMemory.fresh();
    private CallMachine machine;
    private long epoch = 1;
    private boolean alive = true;
    private int wakes;
    private Instant wokenAt = Timeline.START;
    private long armed;
    private List<String> openAtFinish = List.of();
    private int finishes;
    private int writes;

    /** Number of the last crash point of the run, shared by all its calls. */
    static final class Points {
        int passed;
        final List<Crash> planned;

        Points(List<Crash> planned) {
            this.planned = List.copyOf(planned);
        }
    }

    SimulatedCall(World world, String id) {
        this.world = world;
        this.id = id;
        this.machine = machine();
    }

    private CallMachine machine() {
        String node = "n" + epoch;
        return new CallMachine(new CallContext(id, world.keys, world.addresses, node, epoch, "sempervox"));
    }

    String id() {
        return id;
    }

    boolean placed() {
        return !journal.isEmpty() || finishes > 0;
    }

    boolean gone() {
        return finishes > 0 && journal.isEmpty();
    }

    int writes() {
        return writes;
    }

    List<String> openAtFinish() {
        return openAtFinish;
    }

    String phase() {
        return CallMachine.phase(state) + " owing " + machine.open(state, memory, world.timeline.now());
    }

    /** A message to the call; lost if nobody runs it. */
    void handle(CallCommand command) {
        if (!alive) {
            return;
        }
        long mine = epoch;
        Decision decision = machine.decide(state, memory, command);
        memory = decision.memory();
        if (world.broken == Broken.EFFECTS_BEFORE_STORE && !run(decision.effects(), mine)) {
            return;
        }
        if (!decision.events().isEmpty()) {
            if (!survives()) {
                return;
            }
            world.note(id, "stores " + names(decision.events()));
            journal.addAll(decision.events());
            writes++;
            decision.events().forEach(event -> state = machine.evolve(state, event));
            if (!survives()) {
                return;
            }
        }
        if (world.broken != Broken.EFFECTS_BEFORE_STORE && !run(decision.effects(), mine)) {
            return;
        }
        runDue(mine);
    }

    private void runDue(long mine) {
        List<CallEffect> due = machine.due(state, memory, world.timeline.now(), next -> memory = next);
        if (run(due, mine)) {
            arm();
        }
    }

    private boolean run(List<CallEffect> effects, long mine) {
        for (CallEffect effect : effects) {
            bringAbout(effect);
            if (!survives() || mine != epoch) {
                return false;
            }
        }
        return true;
    }

    private static String names(List<CallEvent> events) {
        return String.join(
                " ",
                events.stream().map(event -> event.getClass().getSimpleName()).toList());
    }

    private void arm() {
        long token = ++armed;
        machine.wake(state, memory)
                .ifPresent(at -> world.timeline.at(at, () -> {
                    if (token == armed && alive) {
                        wake();
                    }
                }));
    }

    private void wake() {
        Instant now = world.timeline.now();
        wakes = now.equals(wokenAt) ? wakes + 1 : 0;
        wokenAt = now;
        if (wakes > 20) {
            world.invariants.broken(Invariants.NO_SPIN, "woken again and again at the same time: " + phase());
            return;
        }
        handle(new CallCommand.ReachDeadline(now));
    }

    private boolean survives() {
        world.points.passed++;
        for (Crash crash : world.points.planned) {
            if (crash.point() == world.points.passed) {
                crash(crash);
                return crash.victim() == Crash.Victim.EDGE;
            }
        }
        return true;
    }

    private void crash(Crash crash) {
        world.note(id, "CRASH at " + crash.text());
        world.crashed(crash);
        if (crash.victim() != Crash.Victim.ENTITY) {
            world.edge.forget();
        }
        if (crash.victim() == Crash.Victim.EDGE) {
            world.timeline.after(crash.downtime(), () -> {
                for (int service = 0; service < world.addresses.addresses().size(); service++) {
                    handle(new CallCommand.MoveAddress(world.timeline.now(), service));
                }
            });
            return;
        }
        alive = false;
        world.timeline.after(crash.downtime(), () -> {
            if (!world.allDead) {
                takeOver();
            }
        });
    }

    /** With every node. */
    private void die() {
        world.note(id, "ALL NODES DIE");
        alive = false;
    }

    private void takeOver() {
        epoch++;
        alive = true;
        machine = machine();
        state = new CallState.Idle();
        journal.forEach(event -> state = machine.evolve(state, event));
        memory = machine.takeOver(state, world.timeline.now());
        world.note(id, "taken over, " + CallMachine.phase(state));
        runDue(epoch);
        Instant since = world.aliveAt;
        if (since != null) {
            handle(new CallCommand.ReportRestart(world.timeline.now(), since));
        }
    }

    private void bringAbout(CallEffect effect) {
        switch (effect) {
            case CallEffect.Prepare prepare -> prepare(prepare);
            case CallEffect.Send send -> world.broken(send.message(), id, epoch).ifPresent(world.edge::send);
            case CallEffect.DeclareMedia declare -> world.media.declare(declare.plan());
            case CallEffect.ReleaseMedia release -> world.media.release(release.session());
            case CallEffect.AcknowledgeMedia acknowledge -> world.media.acknowledge(acknowledge.session());
            case CallEffect.StoreRecord store -> {
                if (world.store(store.record())) {
                    later(STORE, () -> handle(new CallCommand.ReportRecordStored(world.timeline.now())));
                }
            }
            case CallEffect.ReleaseSlot slot -> {
                world.slots.remove(slot.extension() + "/" + id);
                later(STORE, () -> handle(new CallCommand.ReportSlotReleased(world.timeline.now(), slot.extension())));
            }
            case CallEffect.Finish _ -> finish();
        }
    }

    private void finish() {
        world.note(id, "finished");
        finishes++;
        openAtFinish = machine.open(state, memory, world.timeline.now());
        journal.clear();
        state = new CallState.Idle();
        memory = CallMemory.fresh();
        armed++;
    }

    private void prepare(CallEffect.Prepare prepare) {
        String number = prepare.dialled();
        later(LOOK_UP, () -> {
            Destination destination = world.directory.getOrDefault(number, new Destination.Refuse(404, null));
            var slots = new ArrayList<String>();
            CallCommand.PlaceCall place = prepare.place();
            if (place != null) {
                slots.add(place.caller());
            }
            if (destination instanceof Destination.Ring ring) {
                slots.add(ring.extension());
            }
            slots.forEach(slot -> world.slots.add(slot + "/" + id));
            MediaLease lease = prepare.leasePorts() && world.ports ? world.media.lease(id) : null;
            handle(new CallCommand.ReportPreparation(world.timeline.now(), place, number, destination, lease, slots));
        });
    }

    /** An answer to this incarnation; lost with it. */
    private void later(Duration delay, Runnable action) {
        long mine = epoch;
        world.timeline.after(delay, () -> {
            if (alive && mine == epoch) {
                action.run();
            }
        });
    }

    /** The requests of a call after a take-over, changed as a broken build would. */
    static Outbound.Request altered(Outbound.Request sent, String branchEnd, long cseq) {
        var old = sent.request();
        List<String> via = new ArrayList<>(old.via());
        via.set(0, via.getFirst() + branchEnd);
        var request = new org.sempervox.core.sip.SipRequest(
                old.method(),
                old.uri(),
                via,
                old.from(),
                old.to(),
                old.callId(),
                cseq,
                old.maxForwards(),
                old.route(),
                old.recordRoute(),
                old.contact(),
                old.headers(),
                old.contentType(),
                old.body());
        return new Outbound.Request(sent.call(), sent.leg(), sent.epoch(), sent.flow(), request);
    }

    /** Calls by entity id, made when first spoken to. */
    static final class All {
        private final World world;
        private final Map<String, SimulatedCall> calls = new HashMap<>();

        All(World world) {
            this.world = world;
        }

        void tell(String id, CallCommand command) {
            calls.computeIfAbsent(id, key -> new SimulatedCall(world, key)).handle(command);
        }

        boolean placed(String id) {
            return calls.containsKey(id)
                    && Objects.requireNonNull(calls.get(id)).placed();
        }

        /** Every node dies, and all are started again after that time. */
        void killAll(Duration downtime) {
            world.aliveAt = world.timeline.now();
            world.allDead = true;
            list().forEach(SimulatedCall::die);
            world.edge.forget();
            world.timeline.after(downtime, () -> {
                world.allDead = false;
                list().forEach(SimulatedCall::takeOver);
            });
        }

        List<SimulatedCall> list() {
            return List.copyOf(calls.values());
        }
    }
}
