package org.sempervox.chaos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sempervox.chaos.bench.SignallingReport.Held;
import org.sempervox.chaos.bench.SignallingReport.Row;
import org.sempervox.chaos.bench.SignallingReport.Step;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.sipp.Statistics;
import org.sempervox.chaos.usage.Memory;
import org.sempervox.chaos.usage.Reading;
import org.sempervox.chaos.usage.Usage;

/** One row: a fresh cluster, idle, warmed up, with calls held, and under each rate in turn until calls fail. */
final class SignallingTrial {
    private static final double WARM_UP_RATE = 100;
    private static final double HOLD_RATE = 50;

    /** Calls that are held end after this time; without audio the product would end them after 60 s. */
    private static final Duration HOLD_MARGIN = Duration.ofSeconds(25);

    /** A call whose INVITE is not answered is given up by SIPp after 32 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** Timers H and J of RFC 3261 (64 × T1), and the calls after them. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(36);

    private static final Duration SETTLING = Duration.ofMillis(1500);

    private final Load load;
    private final Consumer<String> progress;

    SignallingTrial(Load load, Consumer<String> progress) {
        this.load = load;
        this.progress = progress;
    }

    /** What is asked for; {@code hold} 0 leaves the calls that are held out. */
    record Load(String topology, List<Double> rates, int seconds, Duration talk, int warmUpSeconds, int hold) {
        Load {
            rates = List.copyOf(rates);
        }
    }

    Row run(Path folder, int extensions, int past) throws IOException, InterruptedException {
        var numbers = new Numbers(extensions);
        try (BenchCluster cluster =
                BenchCluster.start(folder.resolve("cluster"), load.topology(), numbers, past, progress)) {
            progress.accept("idle for " + Idle.SECONDS + " s");
            Idle idle = Idle.measure(cluster);
            try (SippPhones phones = SippPhones.register(
                    Sipp.in(folder.resolve("sipp")), cluster.process().addresses(), numbers)) {
                int warm = warmUp(phones);
                Held held = load.hold() > 0 ? held(cluster, phones) : new Held(0, Kept.NONE, Kept.NONE, 0, 0);
                List<Step> steps = steps(cluster, phones, idle);
                double best = steps.stream()
                        .filter(Step::isReached)
                        .mapToDouble(Step::ratePerS)
                        .max()
                        .orElse(0);
                return new Row(extensions, past, load.topology(), cluster.startTime(), idle, held, warm, steps, best);
            }
        }
    }

    private int warmUp(SippPhones phones) throws IOException, InterruptedException {
        int calls = (int) (load.warmUpSeconds() * WARM_UP_RATE);
        if (calls == 0) {
            return 0;
        }
        progress.accept("warming up: %d calls at %.0f/s".formatted(calls, WARM_UP_RATE));
        SippPhones.Placed placed = phones.place(WARM_UP_RATE, calls, load.talk());
        Statistics done = placed.await(
                Duration.ofSeconds(load.warmUpSeconds()).plus(load.talk()).plus(PATIENCE));
        if (done.successful() != calls) {
            progress.accept("warm-up: %d of %d calls failed: %s"
                    .formatted(calls - done.successful(), calls, placed.lastWords()));
        }
        return calls;
    }

    private Held held(BenchCluster cluster, SippPhones phones) throws IOException, InterruptedException {
        // What the warm-up left must not go while the calls come: it would be taken off their memory.
        if (load.warmUpSeconds() > 0) {
            progress.accept("until the transactions of the warm-up are forgotten: " + FORGOTTEN.toSeconds() + " s");
            pause(FORGOTTEN);
        }
        pause(SETTLING);
        Memory before = cluster.nodesMemory();
        progress.accept("holding " + load.hold() + " calls");
        double rate = Math.max(HOLD_RATE, load.hold() / 20.0);
        Duration setUp = Duration.ofMillis((long) (1000 * load.hold() / rate));
        SippPhones.Placed placed = phones.place(rate, load.hold(), setUp.plus(HOLD_MARGIN));
        long deadline = System.nanoTime() + setUp.plusSeconds(10).toNanos();
        long talking = 0;
        while (talking < load.hold()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only " + talking + " of " + load.hold() + " calls to be held are established: "
                        + placed.lastWords());
            }
            pause(Duration.ofMillis(500));
            if (placed.soFar().created() >= load.hold()) {
                talking = cluster.process().calls().stream()
                        .filter(call -> call.path("state").asText().equals("talking"))
                        .count();
            }
        }
        Memory with = cluster.nodesMemory();
        Memory more = with.minus(before);
        Statistics end = placed.await(setUp.multipliedBy(2).plus(HOLD_MARGIN).plus(PATIENCE));
        if (end.successful() != load.hold()) {
            progress.accept("%d of the calls that were held failed: %s"
                    .formatted(load.hold() - end.successful(), placed.lastWords()));
        }
        return new Held(
                load.hold(),
                Kept.of(before),
                Kept.of(with),
                more.liveHeapKiB() / load.hold(),
                (double) more.residentKiB() / load.hold());
    }

    private List<Step> steps(BenchCluster cluster, SippPhones phones, Idle idle)
            throws IOException, InterruptedException {
        var steps = new ArrayList<Step>();
        for (double rate : load.rates()) {
            pause(SETTLING);
            Step step = step(cluster, phones, idle, rate);
            steps.add(step);
            if (!step.isGood()) {
                progress.accept("%d calls failed at %.0f/s: %s".formatted(step.failed(), rate, step.firstError()));
                break;
            }
        }
        return steps;
    }

    private Step step(BenchCluster cluster, SippPhones phones, Idle idle, double rate)
            throws IOException, InterruptedException {
        int calls = (int) Math.round(rate * load.seconds());
        progress.accept("%d calls at %.0f/s".formatted(calls, rate));
        long retransmitted = phones.callees().retransmissions();
        Reading before = cluster.reading(phones.processes());
        long begin = System.nanoTime();
        SippPhones.Placed placed = phones.place(rate, calls, load.talk());
        Statistics done = placed.await(
                Duration.ofSeconds(load.seconds()).plus(load.talk()).plus(PATIENCE));
        double seconds = (System.nanoTime() - begin) / 1e9 - load.talk().toMillis() / 1000.0;
        pause(SETTLING);
        Usage usage = before.until(cluster.reading(phones.processes()));
        return new Step(
                rate,
                calls / seconds,
                calls,
                calls - done.successful(),
                done.retransmissions() + phones.callees().retransmissions() - retransmitted,
                done.meanResponseMs(),
                CpuMs.of(usage, idle, calls),
                usage.generatorCpuMs() / calls,
                usage.othersPercent(),
                placed.lastWords());
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
