package org.sempervox.chaos.failover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.sempervox.chaos.cluster.ClusterProcess;

/** One fault, carried out. */
final class Strike {
    private static final Duration FREEZE = Duration.ofSeconds(20);
    /** What a woken node sent would have arrived by then. */
    private static final Duration ECHO = Duration.ofSeconds(1);

    private static final Duration COME_BACK = Duration.ofSeconds(60);
    /** The graceful end of a node may take as long as it hands its calls over. */
    private static final Duration LEAVE = Duration.ofSeconds(40);

    private final Fault fault;
    private final ClusterProcess cluster;
    private final String victim;
    private final long pid;
    private final LongSupplier jumps;
    private final Consumer<String> say;
    private final List<String> struck = new ArrayList<>();
    private double wokenMs = -1;
    private long afterWaking;

    /** {@code jumps}: breaks in the numbering of what the talking phones hear, so far. */
    Strike(Fault fault, ClusterProcess cluster, String victim, LongSupplier jumps, Consumer<String> say)
            throws IOException {
        this.fault = fault;
        this.cluster = cluster;
        this.victim = victim;
        this.pid = cluster.pid(victim);
        this.jumps = jumps;
        this.say = say;
        struck.add(victim);
    }

    /** The moment itself; takes no time. */
    void first() throws IOException {
        ClusterProcess.signal(
                switch (fault) {
                    case EDGE, ENTITY, OLDEST, MEDIA, BUSIEST, BOTH_IN_TURN -> "KILL";
                    case FROZEN -> "STOP";
                    case GRACEFUL, ROLLING -> "TERM";
                },
                pid);
    }

    /** What follows; returns when nothing more will happen. */
    void rest() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        switch (fault) {
            case EDGE, ENTITY, OLDEST, MEDIA, BUSIEST -> {}
            case FROZEN -> wake();
            case GRACEFUL -> left(pid);
            case ROLLING -> roll();
            case BOTH_IN_TURN -> {
                cluster.awaitServing(victim, pid, COME_BACK);
                String other = cluster.fullNodes().getFirst();
                say.accept(victim + " serves again; kill -9 " + other);
                struck.add(other);
                cluster.kill(other);
            }
        }
    }

    private void wake() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        TimeUnit.NANOSECONDS.sleep(FREEZE.toNanos());
        say.accept("SIGCONT " + victim);
        long before = jumps.getAsLong();
        var exit = ProcessHandle.of(pid).orElseThrow().onExit();
        long start = System.nanoTime();
        ClusterProcess.signal("CONT", pid);
        exit.get(10, TimeUnit.SECONDS);
        wokenMs = (System.nanoTime() - start) / 1e6;
        TimeUnit.NANOSECONDS.sleep(ECHO.toNanos());
        afterWaking = jumps.getAsLong() - before;
        say.accept("%s ended %.0f ms after it woke, %d breaks in the audio".formatted(victim, wokenMs, afterWaking));
    }

    private void roll() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        left(pid);
        cluster.awaitServing(victim, pid, COME_BACK);
        for (String next : cluster.fullNodes()) {
            if (!next.equals(victim)) {
                long old = cluster.pid(next);
                say.accept("all serve again; SIGTERM " + next);
                struck.add(next);
                ClusterProcess.signal("TERM", old);
                left(old);
                cluster.awaitServing(next, old, COME_BACK);
            }
        }
    }

    private void left(long process) throws InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        var handle = ProcessHandle.of(process);
        if (handle.isPresent()) {
            handle.get().onExit().get(LEAVE.toSeconds(), TimeUnit.SECONDS);
        }
        say.accept("it left after %.0f ms".formatted((System.nanoTime() - start) / 1e6));
    }

    List<String> struck() {
        return List.copyOf(struck);
    }

    /** From SIGCONT to the exit of the frozen node; negative if it was not frozen. */
    double wokenMs() {
        return wokenMs;
    }

    /** Packets lost, repeated or in the wrong order right after a frozen node woke: it sent something or took something. */
    long afterWaking() {
        return afterWaking;
    }
}
