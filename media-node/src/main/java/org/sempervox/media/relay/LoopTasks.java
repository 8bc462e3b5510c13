package org.sempervox.media.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** What loops of our own do alike: tasks, each a round, and the handing over of packets. {@link #add} on any thread, the rest on the loop's. */
final class LoopTasks {
    private static final System.Logger LOG = System.getLogger(LoopTasks.class.getName());
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    private final Round round;
    private final Queue<Runnable> once = new ConcurrentLinkedQueue<>();
    private final List<Repeated> repeated = new ArrayList<>();

    LoopTasks(Round round) {
        this.round = round;
    }

    /** The caller wakes the loop. */
    void add(Runnable task) {
        once.add(task);
    }

    /** Likewise. */
    void add(Duration period, Runnable task) {
        once.add(() -> repeated.add(new Repeated(period.toNanos(), task)));
    }

    /** Runs all that is due. */
    void run() {
        for (Runnable task = once.poll(); task != null; task = once.poll()) {
            inRound(task);
        }
        for (int i = 0; i < repeated.size(); i++) {
            Repeated each = repeated.get(i);
            if (each.next - System.nanoTime() <= 0) {
                each.next += each.period;
                inRound(each.task);
            }
        }
    }

    /** Nanoseconds until a repeated task is due, 0 if one is late, at most ten seconds. */
    long untilNext() {
        if (repeated.isEmpty()) {
            return LONGEST_WAIT;
        }
        long wait = LONGEST_WAIT;
        long now = System.nanoTime();
        for (int i = 0; i < repeated.size(); i++) {
            wait = Math.min(wait, repeated.get(i).next - now);
        }
        return Math.max(0, wait);
    }

    /** A bug in the handling of one packet must not end the loop. */
    static void handle(PacketListener listener, Packet packet) {
        try {
            listener.received(packet);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "packet could not be handled", bug);
        }
    }

    private void inRound(Runnable task) {
        round.begin();
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "task of a media loop failed", bug);
        }
    }

    private static final class Repeated {
        private final long period;
        private final Runnable task;
        private long next;

        Repeated(long period, Runnable task) {
            this.period = period;
            this.task = task;
            this.next = System.nanoTime() + period;
        }
    }
}
