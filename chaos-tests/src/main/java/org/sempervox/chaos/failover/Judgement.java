package org.sempervox.chaos.failover;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.client.Swarm;
import org.sempervox.chaos.client.Trace;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.failover.FailoverReport.GapMs;
import org.sempervox.chaos.failover.FailoverReport.Left;
import org.sempervox.chaos.failover.FailoverReport.Records;
import org.sempervox.chaos.failover.FailoverReport.RowFigures;
import org.sempervox.chaos.ground.OwnCluster;

/** Collects what was seen of each call, and says what it was worth. */
final class Judgement {
    private static final String AUDIO = "audio ";
    private static final int RECORD_PATIENCE_MS = 15_000;
    /** That it is silent is judged by what phones hear; how soon it ends is a figure, 0.6 to 1.0 s depending on the machine. */
    private static final double WOKEN_LIMIT_MS = 3_000;

    /** What the run itself knows. */
    record Facts(
            Fault fault,
            String topology,
            List<String> struck,
            ClusterLoad load,
            boolean spread,
            GapReport gaps,
            Figures entityAnswersMs,
            double wokenMs,
            long afterWaking,
            double phonesLateMs) {}

    private final Swarm swarm;
    private final List<Row> rows;
    private final Consumer<String> say;
    private final Map<Scene, List<Step>> prepared = new LinkedHashMap<>();
    private final Set<Scene> lost = new HashSet<>();
    private final Set<Scene> silent = new HashSet<>();
    private final Set<Scene> wrong = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();
    private Records records = new Records(0, 0, 0);
    private Left left = new Left(0, 0);

    Judgement(Swarm swarm, List<Row> rows, Consumer<String> say) {
        this.swarm = swarm;
        this.rows = rows;
        this.say = say;
    }

    private void remark(String what) {
        remarks.add(what);
        say.accept(what);
    }

    void prepared(Scene scene, List<Step> steps) {
        prepared.put(scene, steps);
        failure(steps).ifPresent(step -> {
            lost.add(scene);
            remark(scene + " not set up: " + step);
        });
    }

    /** Whether nothing has gone wrong with it so far. */
    boolean unharmed(Scene scene) {
        return !lost.contains(scene);
    }

    void finished(Scene scene, List<Step> steps) {
        failure(steps).ifPresent(step -> {
            boolean audio = step.name().startsWith(AUDIO);
            (audio ? silent : lost).add(scene);
            remark(scene + (audio ? " silent: " : " lost: ") + step + ", calls " + scene.callIds());
        });
    }

    private static Optional<Step> failure(List<Step> steps) {
        return steps.stream().filter(step -> !step.outcome().isOk()).findFirst();
    }

    /** Waits a while for the records and for what is owed. */
    void records(OwnCluster ground, Instant since, Collection<Scene> scenes) throws IOException, InterruptedException {
        List<JsonNode> found = ground.records(since);
        left = left(ground.cluster(), since);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECORD_PATIENCE_MS);
        while ((found.size() < scenes.size() || left.owed() + left.mediaSessions() > 0)
                && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(250);
            found = ground.records(since);
            left = left(ground.cluster(), since);
        }
        var check = new RecordCheck(found);
        for (Scene scene : scenes) {
            check.fault(scene).ifPresent(fault -> {
                wrong.add(scene);
                remark(scene + ": " + fault);
            });
        }
        records = new Records(scenes.size(), found.size(), wrong.size());
        if (left.owed() + left.mediaSessions() > 0) {
            remark("left behind: " + left);
            for (JsonNode call : placed(ground.cluster(), since)) {
                if (!call.path("owed").isEmpty()) {
                    say.accept("still owed: " + call);
                }
            }
        }
    }

    /**
     * Calls of this trial alone: a survivor says the BYE of calls once more that ended within half a minute before the fault, and the phones
     * of an earlier trial are not there any more to answer it.
     */
    private static List<JsonNode> placed(ClusterProcess cluster, Instant since) throws IOException {
        return cluster.calls().stream()
                .filter(call -> !Instant.parse(call.path("since").asText()).isBefore(since))
                .toList();
    }

    private static Left left(ClusterProcess cluster, Instant since) throws IOException {
        int owed = 0;
        for (JsonNode call : placed(cluster, since)) {
            owed += call.path("owed").size();
        }
        int sessions = 0;
        for (JsonNode status : cluster.pages("/status").values()) {
            for (JsonNode address : status.path("parts").path("media").path("addresses")) {
                sessions += address.path("bound").asInt();
            }
        }
        return new Left(owed, sessions);
    }

    FailoverReport report(Facts facts) {
        List<Trace.Violation> violations = swarm.violations();
        violations.stream().limit(20).forEach(v -> remark("seen by a phone: " + v));
        swarm.faults().stream().limit(5).forEach(fault -> remark("defect of the phones: " + fault));
        if (!facts.spread()) {
            remark("not spread: " + facts.load());
        }
        Figures newCalls = answers(Rows.NEW);
        boolean good = lost.isEmpty()
                && silent.isEmpty()
                && wrong.isEmpty()
                && records.found() == records.expected()
                && violations.isEmpty()
                && swarm.faults().isEmpty()
                && left.owed() + left.mediaSessions() == 0
                && newCalls.complete()
                && facts.spread()
                && facts.wokenMs() < WOKEN_LIMIT_MS
                && facts.afterWaking() == 0;
        return new FailoverReport(
                facts.fault().id(),
                facts.topology(),
                facts.struck(),
                facts.load().shares(),
                facts.spread(),
                rows.stream().map(this::row).toList(),
                prepared.size(),
                lost.size(),
                silent.size(),
                new GapMs(facts.gaps().callerToCallee(), facts.gaps().calleeToCaller()),
                newCalls,
                facts.entityAnswersMs(),
                records,
                violations.size(),
                left,
                facts.wokenMs(),
                facts.afterWaking(),
                facts.phonesLateMs(),
                List.copyOf(remarks),
                good ? "ok" : "bad");
    }

    private List<Scene> scenes(Row row) {
        return prepared.keySet().stream().filter(scene -> scene.row.equals(row)).toList();
    }

    private RowFigures row(Row row) {
        List<Scene> scenes = scenes(row);
        return new RowFigures(
                row.id(),
                row.title(),
                scenes.size(),
                count(scenes, lost),
                count(scenes, silent),
                count(scenes, wrong),
                row instanceof PlacedRow ? answers(row) : Figures.of(0, List.of()));
    }

    private static int count(List<Scene> scenes, Set<Scene> marked) {
        return (int) scenes.stream().filter(marked::contains).count();
    }

    private Figures answers(Row row) {
        List<Scene> scenes = scenes(row);
        return Figures.of(
                scenes.size(),
                scenes.stream()
                        .map(Scene::answerDelayMs)
                        .flatMap(Optional::stream)
                        .toList());
    }
}
