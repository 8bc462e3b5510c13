package org.sempervox.chaos.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Established;
import org.sempervox.chaos.client.CallPair.Finished;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.DemoReport.Delay;
import org.sempervox.chaos.demo.DemoReport.GapMs;
import org.sempervox.chaos.demo.DemoReport.Killed;

/** Places calls, kills a node, places more calls, ends all of them from both sides and counts. */
final class Demonstration {
    private static final Duration SETUP = Duration.ofSeconds(20);
    private static final Duration FINISH = Duration.ofSeconds(15);
    /** Calls placed during the fault, one after another. */
    static final int NEW_CALLS = 6;

    private final ClusterProcess cluster;
    private final Phones phones;
    private final int calls;
    private final Consumer<String> say;
    private final List<CallPair> pairs = new ArrayList<>();

    Demonstration(ClusterProcess cluster, Phones phones, int calls, Consumer<String> say) {
        this.cluster = cluster;
        this.phones = phones;
        this.calls = calls;
        this.say = say;
    }

    DemoReport run(String kill) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        place();
        int established = pairs.size();
        Killed victim = victim(kill);
        say.accept("%d calls talk; on %s: %d calls (%d entities, %d edges, %d media)"
                .formatted(
                        pairs.size(),
                        victim.node(),
                        victim.callsOnIt(),
                        victim.entitiesOnIt(),
                        victim.edgesOnIt(),
                        victim.mediaOnIt()));
        phones.swarm().resetWorstLate();
        pairs.forEach(CallPair::mark);
        pause(Duration.ofSeconds(1));
        say.accept("kill -9 " + victim.node() + " (pid " + cluster.pid(victim.node()) + ")");
        cluster.kill(victim.node());
        Delay delay = newCalls();
        pause(Duration.ofSeconds(2));
        GapReport gaps = GapReport.of(pairs.subList(0, established));
        double late = phones.swarm().worstLateMs();
        say.accept(
                "audio gap caller to callee p50 %.0f p99 %.0f max %.0f ms; callee to caller p50 %.0f p99 %.0f max %.0f ms"
                        .formatted(
                                gaps.callerToCallee().p50(),
                                gaps.callerToCallee().p99(),
                                gaps.callerToCallee().max(),
                                gaps.calleeToCaller().p50(),
                                gaps.calleeToCaller().p99(),
                                gaps.calleeToCaller().max()));
        int lost = calls - established + finish();
        int expected = calls + delay.calls();
        List<JsonNode> records = records(expected);
        int wrong = wrong(records);
        String verdict = lost == 0 && records.size() == expected && wrong == 0 && delay.answered() == delay.calls()
                ? "ok"
                : "bad";
        return new DemoReport(
                calls,
                lost,
                victim,
                new GapMs(gaps.callerToCallee(), gaps.calleeToCaller()),
                delay,
                expected,
                records.size(),
                wrong,
                late,
                verdict);
    }

    private void place() throws InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<CompletableFuture<Established>>();
        for (int i = 0; i < calls; i++) {
            all.add(CallPair.establish(
                    phones.get(2 * i), Phones.number(2 * i + 1), phones.get(2 * i + 1), CallPair.State.TALKING, SETUP));
            pause(Duration.ofMillis(60));
        }
        for (var one : all) {
            Established established = one.get(2 * SETUP.toSeconds(), TimeUnit.SECONDS);
            CallPair pair = established.pair();
            if (established.isOk() && pair != null) {
                pairs.add(pair);
            } else {
                say.accept("call not set up: " + established.steps());
            }
        }
    }

    private Killed victim(String kill) throws IOException {
        ClusterLoad load = ClusterLoad.of(cluster.calls());
        String name = switch (kill) {
            case "busiest" ->
                load.most(load.shares().keySet(), ClusterLoad.Share::any)
                        .orElseThrow(() -> new IOException("no node carries a call"));
            case "oldest" -> "n1";
            default -> kill;
        };
        ClusterLoad.Share share = load.of(name);
        return new Killed(name, share.any(), share.entities(), share.edges(), share.media());
    }

    private Delay newCalls() throws InterruptedException, ExecutionException, TimeoutException {
        var delays = new ArrayList<CompletableFuture<Double>>();
        for (int i = 0; i < NEW_CALLS; i++) {
            delays.add(newCall(2 * (calls + i)));
            pause(Duration.ofMillis(400));
        }
        var millis = new ArrayList<Double>();
        for (var delay : delays) {
            double value = delay.get(SETUP.toSeconds() * 3, TimeUnit.SECONDS);
            if (value >= 0) {
                millis.add(value);
            }
        }
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double p50 = sorted.length == 0 ? -1 : sorted[(sorted.length - 1) / 2];
        double max = sorted.length == 0 ? -1 : Arrays.stream(sorted).max().getAsDouble();
        say.accept("new calls during the fault: %d of %d answered, after p50 %.0f, max %.0f ms"
                .formatted(sorted.length, NEW_CALLS, p50, max));
        return new Delay(NEW_CALLS, sorted.length, p50, max);
    }

    /** Milliseconds from INVITE to answer; negative if it was not answered. The call joins the others. */
    private CompletableFuture<Double> newCall(int index) {
        long start = System.nanoTime();
        var arriving = phones.get(index + 1).nextCall(SETUP);
        Call placed = phones.get(index).call(Phones.number(index + 1));
        var answering = arriving.thenCompose(arrived -> arrived.isPresent()
                ? arrived.get().answer(SETUP)
                : CompletableFuture.completedFuture(Outcome.unknown("no INVITE at the callee")));
        return placed.answered(SETUP)
                .thenCombine(arriving, (outcome, arrived) -> {
                    double millis = (System.nanoTime() - start) / 1e6;
                    if (!outcome.isOk() || arrived.isEmpty()) {
                        say.accept("new call not answered: " + outcome);
                        return -1.0;
                    }
                    synchronized (pairs) {
                        pairs.add(CallPair.of(placed, arrived.get(), CallPair.State.TALKING));
                    }
                    return millis;
                })
                .thenCombine(answering, (millis, _) -> millis);
    }

    /** Half by the callers, half by the callees; the number of calls that could not be finished. */
    private int finish() throws InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<CompletableFuture<Finished>>();
        for (int i = 0; i < pairs.size(); i++) {
            all.add(pairs.get(i).finish(i % 2 == 0 ? Party.CALLER : Party.CALLEE, FINISH));
            pause(Duration.ofMillis(30));
        }
        int lost = 0;
        for (var one : all) {
            Finished finished = one.get(6 * FINISH.toSeconds(), TimeUnit.SECONDS);
            if (!finished.isOk()) {
                lost++;
                say.accept("lost: " + finished.firstFailure());
            }
        }
        return lost;
    }

    private List<JsonNode> records(int expected) throws IOException, InterruptedException {
        List<JsonNode> records = cluster.records();
        for (int i = 0; i < 20 && records.size() < expected; i++) {
            pause(Duration.ofMillis(250));
            records = cluster.records();
        }
        return records;
    }

    /** Records whose parties, end or duration are not what the phones saw. */
    private int wrong(List<JsonNode> records) {
        int wrong = 0;
        for (JsonNode record : records) {
            int caller = Integer.parseInt(record.path("caller").asText()) - Phones.FIRST;
            boolean right = record.path("called").asText().equals(Phones.number(caller + 1))
                    && record.path("connected").asText().equals(Phones.number(caller + 1))
                    && !record.path("answerAt").isNull()
                    && record.path("q850Cause").asInt() == 16;
            if (!right) {
                wrong++;
                say.accept("wrong record: " + record);
            }
        }
        return wrong;
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
