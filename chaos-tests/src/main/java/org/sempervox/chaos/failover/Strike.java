package org.sempervox.chaos.failover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.ground.Injection;
import org.sempervox.chaos.ground.Injection.CameBack;
import org.sempervox.chaos.ground.OwnCluster;
import org.sempervox.chaos.scenario.Blow;

/** One fault, carried out. */
final class Strike {
    /** What a woken node sent would have arrived by then. */
    private static final Duration ECHO = Duration.ofSeconds(1);

    private static final Duration COME_BACK = Duration.ofSeconds(60);
    /** The graceful end of a node may take as long as it hands its calls over. */
    private static final Duration LEAVE = Duration.ofSeconds(40);

    private static final Duration SECOND = Duration.ofSeconds(3);

    private final Fault fault;
    private final OwnCluster ground;
    private final String victim;
    private final long pid;
    private final LongSupplier jumps;
    private final Consumer<String> say;
    private final List<String> struck = new ArrayList<>();
    private @Nullable Injection injection;
    private double wokenMs = -1;
    private long afterWaking;

    /** {@code jumps}: breaks in the numbering of what the talking phones hear, so far. */
    Strike(Fault fault, OwnCluster ground, String victim, LongSupplier jumps, Consumer<String> say) throws IOException {
        this.fault = fault;
        this.ground = ground;
        this.victim = victim;
        this.pid = ground.cluster().pid(victim);
        this.jumps = jumps;
        this.say = say;
        struck.add(victim);
    }

    /** The moment itself; takes no time, except where everything is started again. */
    void first() throws IOException, InterruptedException {
        Blow blow = fault.blow();
        injection = ground.strike(blow, List.of(victim));
    }

    /** What follows; returns when nothing more will happen. */
    void rest() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        switch (fault) {
            case EDGE, ENTITY, OLDEST, MEDIA, BUSIEST, STORE_NODE -> {}
            case FROZEN,
                    CUT,
                    SPLIT,
                    LOSS,
                    HEAVY_LOSS,
                    STORE_STOPPED,
                    STORE_SLOW,
                    CLOCK_FORWARD,
                    CLOCK_BACK,
                    DISK_FULL -> heal();
            case GRACEFUL -> left(pid);
            case ROLLING -> roll();
            case TWO -> {
                TimeUnit.NANOSECONDS.sleep(SECOND.toNanos());
                second(ground.view().witness().orElseThrow(() -> new IOException("no witness to kill")));
            }
            case BOTH_IN_TURN -> {
                ground.cluster().awaitServing(victim, pid, COME_BACK);
                String other = ground.cluster().fullNodes().getFirst();
                say.accept(victim + " serves again");
                second(other);
            }
            case POWER_CUT, JOIN -> say.accept(detail());
        }
    }

    private void second(String node) throws IOException {
        say.accept("kill -9 " + node);
        struck.add(node);
        ground.cluster().kill(node);
    }

    private void heal() throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(fault.blow().lasts().toNanos());
        say.accept("healing: " + detail());
        long before = jumps.getAsLong();
        Injection struckWith = injection;
        Optional<CameBack> back = struckWith == null ? Optional.empty() : struckWith.heal();
        if (back.isPresent()) {
            wokenMs = back.get().endedMs() < 0 ? Double.MAX_VALUE : back.get().endedMs();
            TimeUnit.NANOSECONDS.sleep(ECHO.toNanos());
            afterWaking = jumps.getAsLong() - before;
            say.accept(
                    "%s ended %.0f ms after it woke, %d breaks in the audio".formatted(victim, wokenMs, afterWaking));
        }
    }

    private String detail() {
        Injection struckWith = injection;
        return struckWith == null ? "" : struckWith.detail();
    }

    private void roll() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        ClusterProcess cluster = ground.cluster();
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

    /** From its return to the exit of a node that had been given up; negative if none was. */
    double wokenMs() {
        return wokenMs;
    }

    /** Packets lost, repeated or in the wrong order right after a frozen node woke: it sent something or took something. */
    long afterWaking() {
        return afterWaking;
    }
}
