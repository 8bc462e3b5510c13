package org.sempervox.chaos.failover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.chaos.ground.OwnCluster;

/** All rows at once on one cluster, one fault, and then every call to its end. */
final class FailoverRun {
    private static final int LEAST_PERCENT = 20;
    private static final Duration ALL_SET_UP = Duration.ofMinutes(1);
    private static final Duration ALL_FINISHED = Duration.ofMinutes(4);
    private static final Duration HANG_UP = Duration.ofSeconds(5);
    /** A power cut's includes the new start. */
    private static final Duration FIRST_BLOW = Duration.ofMinutes(2);
    /** From the last blow on, audio is watched at least so long. */
    private static final Duration WATCH = Duration.ofSeconds(6);

    /** What is due at the moment of the blow comes after it. */
    private static final long JUST_AFTER = TimeUnit.MILLISECONDS.toNanos(1);

    private final OwnCluster ground;
    private final Fault fault;
    private final List<Row> rows;
    private final Consumer<String> say;
    private final Map<Scene, List<Step>> results = new LinkedHashMap<>();
    private final AnswerProbe probe = new AnswerProbe();

    FailoverRun(OwnCluster ground, Fault fault, List<Row> rows, Consumer<String> say) {
        this.ground = ground;
        this.fault = fault;
        this.rows = rows;
        this.say = say;
    }

    /** Phones that so many calls per row need. */
    static int phones(int perRow) {
        return 2 * Rows.ALL.stream().mapToInt(row -> calls(row, perRow)).sum();
    }

    private static int calls(Row row, int perRow) {
        return row.equals(Rows.TALKING) ? 2 * perRow : perRow;
    }

    FailoverReport run(Phones phones, int perRow, String topology)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Scene> scenes = scenes(phones, perRow);
        var judgement = new Judgement(phones.swarm(), rows, say);
        prepare(scenes, judgement);
        List<Scene> live = scenes.stream().filter(judgement::unharmed).toList();
        ClusterLoad load = ClusterLoad.of(ground.cluster().calls());
        List<String> nodes = ground.cluster().fullNodes();
        boolean spread = !fault.wantsSpread() || load.spreadOver(nodes, LEAST_PERCENT);
        String oldest = ground.cluster().oldest();
        String victim = fault.victim(load, nodes, oldest);
        say.accept("%d calls; %s; oldest %s".formatted(load.calls(), load, oldest));
        List<Scene> talking =
                live.stream().filter(s -> s.row.equals(Rows.TALKING)).toList();
        List<Scene> onVictim = onNode(talking, victim);
        phones.swarm().resetWorstLate();
        Strike strike = new Strike(fault, ground, victim, () -> jumps(talking), say);
        strike(strike, live, talking);
        GapReport gaps = GapReport.of(talking.stream().map(Scene::pair).toList());
        double late = phones.swarm().worstLateMs();
        finish(live);
        live.forEach(scene -> judgement.finished(scene, results.getOrDefault(scene, List.of())));
        judgement.records(ground, begun, scenes);
        return judgement.report(new Judgement.Facts(
                fault,
                topology,
                strike.struck(),
                load,
                spread,
                gaps,
                probe.figures(onVictim),
                strike.wokenMs(),
                strike.afterWaking(),
                late));
    }

    private List<Scene> scenes(Phones phones, int perRow)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<Scene>();
        int next = 0;
        for (Row row : rows) {
            for (int i = 0; i < calls(row, perRow); i++) {
                Optional<Phone> second = row.equals(Rows.FORKED)
                        ? Optional.of(phones.second(
                                next + 1,
                                ground.cluster().addresses(),
                                c -> c.at(ground.phoneHost()).withEarlyMedia().keepingMessages()))
                        : Optional.empty();
                all.add(new Scene(row, i, phones.get(next), phones.get(next + 1), second, fault.putsOff()));
                next += 2;
            }
        }
        return all;
    }

    private void prepare(List<Scene> scenes, Judgement judgement)
            throws InterruptedException, ExecutionException, TimeoutException {
        var all = new LinkedHashMap<Scene, CompletableFuture<List<Step>>>();
        for (Scene scene : scenes) {
            all.put(scene, scene.row.prepare(scene));
            TimeUnit.MILLISECONDS.sleep(40);
        }
        for (var one : all.entrySet()) {
            judgement.prepared(one.getKey(), one.getValue().get(ALL_SET_UP.toSeconds(), TimeUnit.SECONDS));
        }
    }

    private static long jumps(List<Scene> talking) {
        return talking.stream()
                .map(Scene::pair)
                .mapToLong(pair -> pair.caller().audio().stats().jumps()
                        + pair.callee().audio().stats().jumps())
                .sum();
    }

    /** Those whose entity is on the node. */
    private List<Scene> onNode(List<Scene> scenes, String node) throws IOException {
        var callers = ground.cluster().calls().stream()
                .filter(call -> call.path("node").asText().equals(node))
                .map(call -> call.path("from").asText())
                .toList();
        return scenes.stream()
                .filter(scene -> callers.contains(scene.callerNumber()))
                .toList();
    }

    /** Returns when all that follows the blow is over. */
    private void strike(Strike strike, List<Scene> scenes, List<Scene> talking)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2)) {
            long blow = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            talking.forEach(scene -> scene.pair().mark());
            for (Scene scene : scenes) {
                long due = TimeUnit.MILLISECONDS.toNanos(scene.row.actAt(scene)) + JUST_AFTER;
                var _ = scheduler.schedule(
                        () -> scene.row.act(scene), blow + due - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            var struck = scheduler.schedule(
                    () -> {
                        long moment = System.nanoTime();
                        strike.first();
                        return moment;
                    },
                    blow - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
            long at = struck.get(FIRST_BLOW.toSeconds(), TimeUnit.SECONDS);
            probe.begin(talking, at, scheduler);
            say.accept(fault.title() + ": " + strike.struck().getFirst());
            strike.rest();
            long last = strike.struck().size() > 1 ? System.nanoTime() : at;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, last + WATCH.toNanos() - System.nanoTime()));
        }
    }

    private void finish(Collection<Scene> scenes) throws InterruptedException, ExecutionException, TimeoutException {
        say.accept("ending " + scenes.size() + " calls");
        var all = new LinkedHashMap<Scene, CompletableFuture<List<Step>>>();
        for (Scene scene : scenes) {
            all.put(scene, scene.row.finish(scene));
            TimeUnit.MILLISECONDS.sleep(30);
        }
        long deadline = System.nanoTime() + ALL_FINISHED.toNanos();
        for (var one : all.entrySet()) {
            results.put(one.getKey(), one.getValue().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
        hangUp(scenes);
    }

    /** What could not be ended as users would must not run on. */
    private static void hangUp(Collection<Scene> scenes)
            throws InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<CompletableFuture<Outcome>>();
        for (Scene scene : scenes) {
            for (Phone phone : scene.phones()) {
                all.add(phone.hangUpAll(HANG_UP));
            }
        }
        for (var one : all) {
            one.get(4 * HANG_UP.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
