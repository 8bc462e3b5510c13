package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.call.Outage;
import org.sempervox.core.cdr.CallRecord;

/**
 * The store of events and records, somewhere else on the network: it may be slow, not answer for a while, keep what it never
 * acknowledged, and it refuses a second writer (S22).
 */
final class SimulatedStore {
    private static final long PATIENCE = 5_000_000;

    /** After so long without an answer a node takes no new calls (S28). */
    private static final long NOTICED = 2_000_000;

    /** What became of an append. */
    enum Outcome {
        STORED,
        /** Somebody else has written that number. */
        REFUSED,
        /** Not known whether it is stored. */
        UNAVAILABLE
    }

    record Stored(String writer, Object event) {}

    private final ClusterWorld world;
    private final Map<String, List<Stored>> histories = new HashMap<>();
    private final Map<String, List<CallRecord>> records = new TreeMap<>();
    private long downSince;
    private long downUntil;
    private long slowUntil;
    private long slower;
    private int requests;
    private Optional<Outage> lastOutage = Optional.empty();

    SimulatedStore(ClusterWorld world) {
        this.world = world;
    }

    void fail(long micros) {
        lastOutage = outage();
        downSince = world.timeline.micros() < downUntil ? downSince : world.timeline.micros();
        downUntil = Math.max(downUntil, world.timeline.micros() + micros);
    }

    void slowDown(long micros, long by) {
        slowUntil = world.timeline.micros() + micros;
        slower = by;
    }

    /** Whether nodes have noticed that nothing is stored: then they take no new calls (S28). */
    boolean answers() {
        long now = world.timeline.micros();
        return now >= downUntil || now - downSince < NOTICED;
    }

    /** As a node's watch tells it: the last time that was long enough to be noticed. */
    Optional<Outage> outage() {
        long until = Math.min(downUntil, world.timeline.micros());
        return until - downSince < NOTICED
                ? lastOutage
                : Optional.of(new Outage(world.timeline.at(downSince), world.timeline.at(until)));
    }

    int events(String id) {
        List<Stored> history = histories.get(id);
        return history == null ? 0 : history.size();
    }

    /** Whether a call has stored that it holds a slot of that extension. */
    boolean holds(String id, String extension) {
        return histories.getOrDefault(id, List.of()).stream().map(Stored::event).anyMatch(event -> switch (event) {
            case CallEvent.Placed placed -> placed.slots().contains(extension);
            case CallEvent.Rung rung -> rung.slots().contains(extension);
            default -> false;
        });
    }

    Map<String, List<CallRecord>> records() {
        return records;
    }

    /** {@code first}: number of the first event, from 1. */
    void append(SimulatedNode node, String id, int first, List<?> events, String writer, Consumer<Outcome> then) {
        request(node, then, Outcome.UNAVAILABLE, () -> append(id, first, events, writer));
    }

    private Outcome append(String id, int first, List<?> events, String writer) {
        List<Stored> history = histories.computeIfAbsent(id, key -> new ArrayList<>());
        boolean overwrites = world.broken == Broken.OVERWRITING_STORE;
        if (history.size() >= first && !overwrites) {
            Stored there = history.get(first - 1);
            return there.writer().equals(writer) && there.event().equals(events.getFirst())
                    ? Outcome.STORED
                    : Outcome.REFUSED;
        }
        if (history.size() < first - 1) {
            world.invariants.broken(ClusterInvariants.ONE_WRITER, id + ": event " + first + " after a gap");
            return Outcome.REFUSED;
        }
        while (history.size() >= first) {
            history.removeLast();
            world.invariants.broken(ClusterInvariants.ONE_WRITER, id + ": " + writer + " wrote over event " + first);
        }
        for (Object event : events) {
            world.invariants.stored(id, history, writer);
            history.add(new Stored(writer, event));
            world.trace.add(
                    StepTrace.mix(id.hashCode(), event.getClass().getName().hashCode()));
        }
        world.note(() -> "store: " + world.label(id) + " " + names(events) + " by " + writer);
        return Outcome.STORED;
    }

    private static String names(List<?> events) {
        var names = new ArrayList<String>();
        events.forEach(event -> names.add(event.getClass().getSimpleName()));
        return String.join(" ", names);
    }

    /** All events of one history; an empty outcome means that the store does not answer. */
    void read(SimulatedNode node, String id, Consumer<List<Object>> then, Runnable failed) {
        Consumer<Outcome> answered = outcome -> {
            if (outcome == Outcome.UNAVAILABLE) {
                failed.run();
                return;
            }
            var events = new ArrayList<Object>();
            histories.getOrDefault(id, List.of()).forEach(stored -> events.add(stored.event()));
            then.accept(events);
        };
        request(node, answered, Outcome.UNAVAILABLE, () -> Outcome.STORED);
    }

    /** An upsert by id; one with other content than before is kept as another record, for the invariant to find. */
    void record(SimulatedNode node, CallRecord truth, Consumer<Outcome> then) {
        CallRecord record = world.broken == Broken.FALSE_RECORD ? longer(truth) : truth;
        request(node, then, Outcome.UNAVAILABLE, () -> {
            List<CallRecord> known = records.computeIfAbsent(record.id(), key -> new ArrayList<>());
            if (world.broken != Broken.NO_STORED_RECORD && !known.contains(record)) {
                known.add(record);
            }
            if (world.broken == Broken.SECOND_RECORD) {
                known.add(record);
            }
            return Outcome.STORED;
        });
    }

    private static CallRecord longer(CallRecord record) {
        return new CallRecord(
                record.id(),
                record.group(),
                record.tenant(),
                record.caller(),
                record.called(),
                record.connected(),
                record.startAt(),
                record.ringAt(),
                record.answerAt(),
                record.endAt(),
                record.durationMs() + 60_000,
                record.sipCause(),
                record.q850Cause(),
                record.endedBy(),
                record.nodes(),
                record.estimated(),
                record.quality());
    }

    private interface Work {
        Outcome carryOut();
    }

    private void request(SimulatedNode node, Consumer<Outcome> then, Outcome failure, Work work) {
        long number = StepTrace.mix(++requests, node.name().hashCode());
        long way = 200 + Long.remainderUnsigned(number, 600);
        long now = world.timeline.micros();
        long extra = now < slowUntil ? slower : 0;
        var once = new Answer(then);
        Runnable lost = () -> node.after(PATIENCE, () -> once.accept(failure));
        node.leave(
                way + extra,
                (number & 64) != 0,
                () -> {
                    if (world.timeline.micros() >= downUntil) {
                        Outcome outcome = work.carryOut();
                        node.reach(way, () -> once.accept(outcome), lost);
                    } else if (downUntil - now < PATIENCE) {
                        world.timeline.at(downUntil + way, () -> {
                            Outcome outcome = work.carryOut();
                            node.reach(way, () -> once.accept(outcome), lost);
                        });
                    } else {
                        if ((number & 128) != 0) {
                            // Done, but the answer never comes.
                            world.timeline.at(downUntil, work::carryOut);
                        }
                        lost.run();
                    }
                },
                lost);
    }

    /** The first answer counts. */
    private final class Answer implements Consumer<Outcome> {
        private final Consumer<Outcome> then;
        private boolean answered;

        Answer(Consumer<Outcome> then) {
            this.then = then;
        }

        @Override
        public void accept(Outcome outcome) {
            if (answered) {
                world.timeline.nothing();
            } else {
                answered = true;
                then.accept(outcome);
            }
        }
    }
}
