package org.sempervox.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.cluster.cli.Left;

/** One soak on a cluster that serves, with phones that are registered. */
final class SoakRun {
    private static final Duration PROGRESS = Duration.ofSeconds(30);
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final Duration LAST_CALLS = Duration.ofSeconds(200);
    /** Entities and media sessions of ended calls stay for the repetitions of their phones and then leave. */
    private static final Duration REST = Duration.ofSeconds(110);

    private static final long TICK_MS = 500;
    private static final long LEAST_SAMPLE_S = 12;
    private static final long MOST_SAMPLE_S = 300;
    private static final int SAMPLES = 12;
    private static final int SAMPLES_PER_LIFE = 5;

    private final Plan plan;
    private final ClusterProcess cluster;
    private final Phones phones;
    private final Stop stop;
    private final Consumer<String> say;
    private final Tally tally;
    private final Killings killings;
    private final RecordBook book;
    private final HeapLog heap = new HeapLog();
    private final List<Thread> lines = new ArrayList<>();
    private final long start = System.nanoTime();

    /**
     * What is to be done.
     *
     * @param killEvery zero for never
     * @param begun before the cluster was started
     */
    record Plan(
            Duration length, Duration killEvery, String topology, String store, int calls, long seed, Instant begun) {}

    /** {@code stop}: set from outside, ends the run before its time. */
    SoakRun(Plan plan, ClusterProcess cluster, Phones phones, Stop stop, Consumer<String> say) {
        this.plan = plan;
        this.cluster = cluster;
        this.phones = phones;
        this.stop = stop;
        this.say = say;
        tally = new Tally(say);
        killings = new Killings(cluster, tally, plan.killEvery());
        book = new RecordBook(tally, plan.begun());
    }

    SoakReport run() throws IOException, InterruptedException {
        for (int i = 0; i < plan.calls(); i++) {
            lines.add(Thread.ofVirtual().start(new Line(i, phones, plan.seed(), tally, stop)));
        }
        Duration sampleEvery = sampleEvery(plan);
        long end = start + plan.length().toNanos();
        long nextProgress = start + PROGRESS.toNanos();
        long nextSample = start + sampleEvery.toNanos();
        while (System.nanoTime() - end < 0 && stop.pause(TICK_MS)) {
            String news = killings.tick();
            if (!news.isEmpty()) {
                say.accept(news);
            }
            if (System.nanoTime() - nextSample >= 0 && killings.isCalm(CALM)) {
                sample();
                nextSample = System.nanoTime() + sampleEvery.toNanos();
            }
            if (System.nanoTime() - nextProgress >= 0) {
                book.read(cluster);
                say.accept(progress());
                nextProgress += PROGRESS.toNanos();
            }
        }
        double minutes = (System.nanoTime() - start) / 60e9;
        stop.now();
        say.accept("ending " + tally.inProgress.get() + " calls");
        endLines();
        return judge(minutes);
    }

    /** Often enough for a slope over a short run, and over the life of a node that is killed in turn. */
    static Duration sampleEvery(Plan plan) {
        long seconds = plan.length().toSeconds() / SAMPLES;
        if (!plan.killEvery().isZero()) {
            seconds = Math.min(seconds, plan.killEvery().toSeconds() / SAMPLES_PER_LIFE);
        }
        return Duration.ofSeconds(Math.clamp(seconds, LEAST_SAMPLE_S, MOST_SAMPLE_S));
    }

    private void sample() throws InterruptedException {
        try {
            heap.take(cluster, tally.done.get());
        } catch (IOException e) {
            tally.remark("memory was not measured: " + e);
        }
    }

    private String progress() throws IOException {
        var heaps = new StringBuilder();
        for (Map.Entry<String, JsonNode> node : cluster.pages("/status").entrySet()) {
            heaps.append(' ')
                    .append(node.getKey())
                    .append(' ')
                    .append(node.getValue().path("heapMiB").asText());
        }
        return "%.1f min: %d calls done, %d lost, %d not set up, %d in progress, %d kills, heap MiB%s"
                .formatted(
                        (System.nanoTime() - start) / 60e9,
                        tally.done.get(),
                        tally.lost.get(),
                        tally.notSetUp.get(),
                        tally.inProgress.get(),
                        killings.killed().size(),
                        heaps);
    }

    private void endLines() throws InterruptedException {
        long deadline = System.nanoTime() + LAST_CALLS.toNanos();
        int stuck = 0;
        for (Thread line : lines) {
            if (!line.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                stuck++;
                line.interrupt();
            }
        }
        if (stuck > 0) {
            tally.lost.addAndGet(stuck);
            tally.remark(stuck + " calls did not end in " + LAST_CALLS.toSeconds() + " s");
        }
    }

    private SoakReport judge(double minutes) throws IOException, InterruptedException {
        long ended = System.nanoTime();
        long restMs = -1;
        Left left = Left.of(cluster.pages("/status").values());
        while (restMs < 0 && System.nanoTime() - ended < REST.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(TICK_MS);
            String news = killings.look();
            if (!news.isEmpty()) {
                say.accept(news);
            }
            left = Left.of(cluster.pages("/status").values());
            if (left.atRest() && killings.allServe()) {
                restMs = (System.nanoTime() - ended) / 1_000_000;
            }
        }
        say.accept(restMs < 0 ? "not at rest: " + left : "at rest after %.1f s".formatted(restMs / 1000.0));
        book.read(cluster);
        var violations = phones.swarm().violations();
        violations.stream().limit(10).forEach(one -> tally.remark("seen by a phone: " + one));
        var faults = phones.swarm().faults();
        faults.stream().limit(10).forEach(one -> tally.remark("defect of a phone: " + one));
        return new SoakReport(
                minutes,
                plan.topology(),
                plan.store(),
                plan.seed(),
                tally.placed.get(),
                tally.held.get(),
                tally.lost.get(),
                tally.notSetUp.get(),
                tally.silent.get(),
                tally.putOff.get(),
                killings.killed(),
                killings.notBack(),
                book.result(),
                left,
                restMs,
                violations.size(),
                faults.size(),
                JournalRows.of(cluster),
                heap.series(),
                tally.remarks());
    }
}
