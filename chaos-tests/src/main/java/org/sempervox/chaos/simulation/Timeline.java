package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** The virtual clock and what is to happen on it; things due at the same time happen in the order they were asked for. One thread. */
final class Timeline {
    static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(64);
    private long now;
    private long order;
    private long steps;

    private record Entry(long micros, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return micros == other.micros ? Long.compare(order, other.order) : Long.compare(micros, other.micros);
        }
    }

    Instant now() {
        return at(now);
    }

    Instant at(long micros) {
        return START.plusNanos(micros * 1000);
    }

    long micros() {
        return now;
    }

    long steps() {
        return steps;
    }

    /** What has just come was called off before: it is no step. */
    void nothing() {
        steps--;
    }

    void after(Duration delay, Runnable action) {
        at(now + delay.toNanos() / 1000, action);
    }

    void at(long micros, Runnable action) {
        queue.add(new Entry(Math.max(now, micros), order++, action));
    }

    /** At that time; a time gone by is now. Rounded up, so that it never comes too early. */
    void at(Instant time, Runnable action) {
        at((Duration.between(START, time).toNanos() + 999) / 1000, action);
    }

    /** Until nothing is left to happen; false if something still is after {@code limit}. */
    boolean quiet(Duration limit) {
        long end = limit.toNanos() / 1000;
        while (true) {
            Entry next = queue.poll();
            if (next == null) {
                return true;
            }
            if (next.micros() > end || steps > 200_000) {
                return false;
            }
            now = next.micros();
            steps++;
            next.action().run();
        }
    }
}
