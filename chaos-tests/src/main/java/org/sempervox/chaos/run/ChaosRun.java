package org.sempervox.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.load.Office;
import org.sempervox.chaos.load.SecondTraffic;
import org.sempervox.chaos.load.SippTraffic;
import org.sempervox.chaos.load.Traffic;
import org.sempervox.chaos.scenario.Load;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.sipp.Sipp;

/** One run on a ground that serves: traffic, faults, the end of all calls, and what is seen afterwards. Writes the history, judges nothing. */
final class ChaosRun {
    private static final Duration LAST_CALLS = Duration.ofSeconds(150);
    private static final Duration LAST_OF_SECOND = Duration.ofSeconds(60);
    /** Media sessions of ended calls stay for repetitions, nodes need time to come back. */
    private static final Duration REST = Duration.ofSeconds(100);

    private static final Duration FAULTS = Duration.ofMinutes(5);
    private static final Duration RECORDS = Duration.ofSeconds(15);
    private static final long PROGRESS_MS = 5_000;
    private static final long LOOK_MS = 200;

    private final Scenario scenario;
    private final long seed;
    private final Ground ground;
    private final Path folder;
    private final Progress progress;
    private final Instant wall = Instant.now();
    private final long zero = System.nanoTime();
    private List<Timeline.Returned> returned = List.of();

    ChaosRun(Scenario scenario, long seed, Ground ground, Path folder, Progress progress) {
        this.scenario = scenario;
        this.seed = seed;
        this.ground = ground;
        this.folder = folder;
        this.progress = progress;
    }

    /** Closes the ground, as what it leaves behind belongs to the history. */
    void run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        HistoryFile history = HistoryFile.create(folder, zero, progress);
        boolean whole = false;
        try {
            history.add(begin());
            try (Office office = Office.open(
                            scenario.load(), ground.addresses(), ground.phoneHost(), ground.accounts(), history);
                    SecondTraffic second = second(history)) {
                progress.say("phones registered at " + ground.addresses());
                long before = ground.sockets();
                calls(office, second, history);
                rest(before, history);
                office.askForBindings();
                office.writeObservations();
            }
            afterwards(history);
            close(history);
            whole = true;
        } finally {
            if (whole) {
                history.close();
            } else {
                history.breakOff();
            }
        }
    }

    private Entry.Begin begin() throws IOException {
        return new Entry.Begin(
                0,
                scenario.name(),
                scenario.title(),
                seed,
                ground.name(),
                wall.toString(),
                scenario.topology(),
                scenario.store(),
                ground.nodes(),
                ground.addresses().stream()
                        .map(address -> address.getHostString() + ":" + address.getPort())
                        .toList(),
                ground.captures(),
                ground.own(),
                scenario.length().toMillis(),
                scenario.expect());
    }

    private SecondTraffic second(HistoryFile history) throws IOException, InterruptedException {
        Load load = scenario.load();
        if (load.sippCallsPerSecond() == 0) {
            return new SecondTraffic.None();
        }
        Accounts accounts = ground.accounts();
        Sipp sipp = Sipp.in(folder.resolve("sipp"), ground.phoneHost(), accounts.domain(), ground::adopt);
        return SippTraffic.register(sipp, load, ground.addresses(), accounts, history);
    }

    private void calls(Office office, SecondTraffic second, HistoryFile history)
            throws IOException, InterruptedException {
        try (var _ = new ProcessWatch(ground, history);
                var traffic = new Traffic(office, scenario.load(), history, seed);
                var timeline = new Timeline(ground, office.swarm(), history, seed)) {
            office.swarm().resetWorstLate();
            traffic.start();
            second.start();
            timeline.start(scenario.timeline());
            watch(traffic, System.nanoTime() + scenario.length().toNanos());
            long limit = System.nanoTime() + FAULTS.toNanos();
            while (!timeline.done() && System.nanoTime() - limit < 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            if (!timeline.done()) {
                history.add(new Entry.Note(history.now(), "a fault is not over after " + FAULTS.toMinutes() + " min"));
            }
            traffic.stop();
            second.stop();
            progress.say("no more calls; " + traffic.up() + " are up");
            boolean ended = traffic.awaitEnd(LAST_CALLS);
            second.awaitEnd(LAST_OF_SECOND);
            returned = timeline.returned();
            if (!ended) {
                history.add(new Entry.Note(history.now(), "calls did not end within " + LAST_CALLS.toSeconds() + " s"));
            }
        }
    }

    private void watch(Traffic traffic, long end) throws InterruptedException {
        long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROGRESS_MS);
        while (System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            if (System.nanoTime() - next > 0) {
                progress.calls(traffic.up(), traffic.placed());
                next += TimeUnit.MILLISECONDS.toNanos(PROGRESS_MS);
            }
        }
    }

    private void rest(long before, HistoryFile history) throws IOException, InterruptedException {
        long since = System.nanoTime();
        long after = ground.sockets();
        boolean serve = ground.allServe();
        while ((after > before || !serve) && System.nanoTime() - since < REST.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            after = ground.sockets();
            serve = ground.allServe();
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        if (ground.own()) {
            history.add(new Entry.Left(
                    history.now(),
                    "UDP sockets on the service addresses",
                    before,
                    after,
                    "looked at for %.0f s".formatted(seconds)));
        }
        history.add(new Entry.Left(
                history.now(), "nodes that do not serve again", 0, serve ? 0 : 1, serve ? "" : "see sempervox status"));
        progress.say("%d sockets before, %d after, %.1f s after the last call".formatted(before, after, seconds));
    }

    private void afterwards(HistoryFile history) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RECORDS.toNanos();
        var records = ground.records(wall);
        int size = -1;
        // Records are owed effects: they come a little after their calls.
        while (records.size() != size && System.nanoTime() - deadline < 0) {
            size = records.size();
            TimeUnit.SECONDS.sleep(1);
            records = ground.records(wall);
        }
        records.forEach(record -> history.add(detail(history, record)));
        new Listening(history, wall, zero).write(ground.spoken(), returned, ground.captures());
        for (Ground.Rows rows : ground.journal()) {
            history.add(new Entry.Writing(
                    history.now(),
                    rows.entity(),
                    rows.first(),
                    rows.last(),
                    rows.writer(),
                    since(rows.from()),
                    since(rows.to())));
        }
    }

    private Entry.CallDetail detail(HistoryFile history, JsonNode record) {
        return new Entry.CallDetail(
                history.now(),
                record.path("id").asText(),
                record.path("caller").asText(),
                record.path("called").asText(),
                record.path("connected").asText(),
                time(record.path("startAt")),
                time(record.path("answerAt")),
                time(record.path("endAt")),
                record.path("endedBy").asText(),
                record.path("q850Cause").asInt(),
                record.path("estimated").asBoolean());
    }

    private double time(JsonNode value) {
        return value.isTextual() ? since(Instant.parse(value.asText())) : -1;
    }

    private double since(Instant time) {
        return Duration.between(wall, time).toMillis();
    }

    private void close(HistoryFile history) throws IOException {
        progress.say(ground.own() ? "ending the cluster" : "healing what is open");
        ground.close();
        if (!ground.own()) {
            return;
        }
        long left = ground.processes().size();
        history.add(new Entry.Left(history.now(), "processes of the cluster", 0, left, ""));
    }
}
