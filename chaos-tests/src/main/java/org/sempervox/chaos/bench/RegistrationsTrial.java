package org.sempervox.chaos.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sempervox.chaos.bench.RegistrationsReport.Row;
import org.sempervox.chaos.bench.RegistrationsReport.Step;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Registering;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.sipp.SippRun;
import org.sempervox.chaos.sipp.Statistics;
import org.sempervox.chaos.usage.Memory;
import org.sempervox.chaos.usage.Reading;
import org.sempervox.chaos.usage.Usage;

/** One row: a fresh cluster, warmed up with phones of its own, then each phone once, then refreshes. */
final class RegistrationsTrial {
    /** Phones for the warm-up, which do not count. */
    static final int OTHERS = 500;

    private static final double WARM_UP_RATE = 200;
    private static final int SETTLING_MS = 1500;
    /** Somewhat longer than the extensions stay awake. */
    private static final Duration ASLEEP = Duration.ofSeconds(135);

    private final Load load;
    private final Consumer<String> progress;

    RegistrationsTrial(Load load, Consumer<String> progress) {
        this.load = load;
        this.progress = progress;
    }

    /** What is asked for. {@code firstRate}: of the first registrations; {@code rates}: of the refreshes. */
    record Load(String topology, double firstRate, List<Double> rates, int seconds, int warmUpSeconds, boolean asleep) {
        Load {
            rates = List.copyOf(rates);
        }
    }

    Row run(Path folder, int count) throws IOException, InterruptedException {
        var numbers = new Numbers(count + OTHERS);
        List<Integer> all = numbers.spread(numbers.count());
        List<Integer> measured = all.subList(0, count);
        try (BenchCluster cluster =
                BenchCluster.start(folder.resolve("cluster"), load.topology(), numbers, 0, progress)) {
            Idle idle = Idle.measure(cluster);
            var site = new Site(cluster, Sipp.in(folder.resolve("sipp")), Sipp.freePort(), idle);
            int warm = (int) (load.warmUpSeconds() * WARM_UP_RATE);
            if (warm > 0) {
                progress.accept("warming up: %d registrations at %.0f/s".formatted(warm, WARM_UP_RATE));
                step(site, "warm", all.subList(count, count + OTHERS), warm, WARM_UP_RATE);
            }
            Memory before = cluster.nodesMemory();
            progress.accept("%d registrations at %.0f/s".formatted(count, load.firstRate()));
            Step first = step(site, "first", measured, count, load.firstRate());
            Memory with = cluster.nodesMemory();
            var refreshes = new ArrayList<Step>();
            for (double rate : load.rates()) {
                int wanted = (int) Math.round(rate * load.seconds());
                progress.accept("%d refreshes at %.0f/s".formatted(wanted, rate));
                Step refresh = step(site, "refresh-" + refreshes.size(), measured, wanted, rate);
                refreshes.add(refresh);
                if (refresh.failed() > 0) {
                    progress.accept(refresh.failed() + " failed: " + refresh.firstError());
                    break;
                }
            }
            Memory more = with.minus(before);
            double awake = more.liveHeapKiB() / count;
            Double asleep = load.asleep() ? asleep(cluster, before, count, awake) : null;
            return new Row(
                    count,
                    load.topology(),
                    cluster.startTime(),
                    idle,
                    warm,
                    Kept.of(before),
                    Kept.of(with),
                    awake,
                    (double) more.residentKiB() / count,
                    asleep,
                    first,
                    refreshes);
        }
    }

    /** The phones of the warm-up fall asleep as well, and in {@code before} they were awake. */
    private double asleep(BenchCluster cluster, Memory before, int count, double awake)
            throws IOException, InterruptedException {
        progress.accept("until the extensions sleep: " + ASLEEP.toSeconds() + " s");
        TimeUnit.MILLISECONDS.sleep(ASLEEP.toMillis());
        double more = cluster.nodesMemory().minus(before).liveHeapKiB();
        int others = load.warmUpSeconds() > 0 ? OTHERS : 0;
        return (more + others * awake) / (count + others);
    }

    private record Site(BenchCluster cluster, Sipp sipp, int contactPort, Idle idle) {}

    /** The service addresses share the phones; each has a SIPp of its own. */
    private static Step step(Site site, String label, List<Integer> numbers, int count, double rate)
            throws IOException, InterruptedException {
        List<InetSocketAddress> addresses = site.cluster().process().addresses();
        int share = Math.ceilDiv(count, addresses.size());
        Reading before = site.cluster().reading(List.of());
        long begin = System.nanoTime();
        var runs = new ArrayList<SippRun>();
        for (int a = 0; a < addresses.size(); a++) {
            var own = new ArrayList<Integer>();
            for (int i = a; i < numbers.size(); i += addresses.size()) {
                own.add(numbers.get(i));
            }
            runs.add(Registering.begin(
                    site.sipp(),
                    label + "-" + a,
                    addresses.get(a),
                    own,
                    share,
                    site.contactPort(),
                    rate / addresses.size()));
        }
        Statistics done = Statistics.NONE;
        Duration limit = Registering.limit(count, rate);
        for (SippRun run : runs) {
            long left = limit.toNanos() - (System.nanoTime() - begin);
            done = done.plus(run.await(Duration.ofNanos(Math.max(1, left))));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        TimeUnit.MILLISECONDS.sleep(SETTLING_MS);
        Usage usage = before.until(site.cluster().reading(List.of()));
        long made = (long) share * addresses.size();
        return new Step(
                rate,
                made / seconds,
                made,
                made - done.successful(),
                done.retransmissions(),
                done.meanResponseMs(),
                CpuMs.of(usage, site.idle(), made),
                usage.generatorCpuMs() / made,
                usage.othersPercent(),
                runs.getFirst().lastWords());
    }
}
