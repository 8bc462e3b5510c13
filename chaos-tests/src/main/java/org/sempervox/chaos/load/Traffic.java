package org.sempervox.chaos.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.scenario.Load;

/** Places calls at random moments until it is stopped. What is random comes from one seed; what the cluster does with it does not. */
public final class Traffic implements AutoCloseable {
    private final Load load;
    private final HistoryFile history;
    private final SplittableRandom random;
    private final Deque<Office.Line> free = new ArrayDeque<>();
    private final List<Thread> conversations = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger up = new AtomicInteger();
    private final AtomicInteger placed = new AtomicInteger();
    private final Thread dispatcher;

    public Traffic(Office office, Load load, HistoryFile history, long seed) {
        this.load = load;
        this.history = history;
        random = new SplittableRandom(seed);
        free.addAll(office.lines());
        dispatcher = Thread.ofVirtual().name("traffic").unstarted(this::place);
    }

    public void start() {
        dispatcher.start();
    }

    private void place() {
        try {
            long due = System.nanoTime();
            while (!stopped.get()) {
                due += (long) (-Math.log(1 - random.nextDouble()) / load.callsPerSecond() * 1e9);
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                if (!stopped.get()) {
                    begin();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        Conversation.Plan plan = Conversation.Plan.draw(placed.get() + 1, load, random);
        Office.Line line = take();
        if (line == null) {
            history.add(new Entry.Note(history.now(), "no line is free: a call less than the scenario wants"));
            return;
        }
        placed.incrementAndGet();
        up.incrementAndGet();
        var conversation = new Conversation(plan, line, history, () -> give(line));
        synchronized (conversations) {
            conversations.removeIf(thread -> !thread.isAlive());
            conversations.add(Thread.ofVirtual().start(conversation));
        }
    }

    private Office.@org.jspecify.annotations.Nullable Line take() {
        synchronized (free) {
            return free.poll();
        }
    }

    private void give(Office.Line line) {
        up.decrementAndGet();
        synchronized (free) {
            free.add(line);
        }
    }

    /** Calls that are being set up, held, talked in. */
    public int up() {
        return up.get();
    }

    public int placed() {
        return placed.get();
    }

    /** No more calls; those that are up go on to their end. */
    public void stop() {
        stopped.set(true);
    }

    /** Whether all calls ended in that time; those that did not are interrupted and have no last line. */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        boolean all = true;
        List<Thread> left;
        synchronized (conversations) {
            left = List.copyOf(conversations);
        }
        for (Thread one : left) {
            if (!one.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                all = false;
                one.interrupt();
            }
        }
        return all;
    }

    @Override
    public void close() {
        stop();
        dispatcher.interrupt();
        synchronized (conversations) {
            conversations.forEach(Thread::interrupt);
        }
    }
}
