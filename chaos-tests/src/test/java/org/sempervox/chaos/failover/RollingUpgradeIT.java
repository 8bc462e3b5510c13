package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** The nodes of a cluster get another build in turn, under calls; its events have one more, optional field. */
@Tag("failover")
class RollingUpgradeIT {
    private static final int BEFORE = 6;

    /** More than enough for {@link #WANTED} of them to be on the node that is new. */
    private static final int MEANWHILE = 16;

    private static final int WANTED = 4;
    private static final Duration MOVES = Duration.ofSeconds(20);
    private static final Duration COME_BACK = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<Scene> before = new ArrayList<>();
    private final List<Scene> meanwhile = new ArrayList<>();

    @Test
    void aNewFieldIsReadByTheOldVersionAndItsAbsenceByTheNewOne() throws Exception {
        Path newer = folder.resolve("newer");
        NewerBuild.in(newer);
        Path pbx = folder.resolve("phones.conf");
        int count = 2 * (BEFORE + MEANWHILE);
        Files.writeString(pbx, Phones.pbxFile(count));
        try (ClusterProcess cluster =
                        ClusterProcess.start(folder.resolve("w"), List.of("--config", pbx.toString()), _ -> {});
                Phones phones = Phones.register(cluster.addresses(), count, "127.0.0.1")) {
            for (int i = 0; i < BEFORE; i++) {
                before.add(talking(phones, i));
            }
            rollingRestart(cluster, newer, "n2");
            assertThat(build(cluster, "n1")).isNotEqualTo(build(cluster, "n2"));

            List<String> written = placeOn(cluster, phones, "n2");
            assertThat(written).as("calls whose answer a newer node has stored").hasSizeGreaterThanOrEqualTo(WANTED);
            assertThat(added(cluster, "n1", written))
                    .as("as the old version reads them")
                    .isEmpty();
            System.out.println(
                    written.size() + " of " + meanwhile.size() + " calls run on n2 with the new field; kill -9");
            long killed = cluster.pid("n2");
            cluster.kill("n2");
            finish(meanwhile.stream().filter(s -> s.index % 2 == 0).toList());
            cluster.awaitServing("n2", killed, COME_BACK);

            rollingRestart(cluster, newer);
            assertThat(build(cluster, "n1"))
                    .isEqualTo(build(cluster, "n2"))
                    .isEqualTo(build(cluster, "w1"))
                    .startsWith(newer.toRealPath().toString());
            List<String> old = settled(cluster, before);
            assertThat(old).hasSize(BEFORE);
            assertThat(added(cluster, "n1", old))
                    .as("as the old version wrote them")
                    .isEmpty();
            List<String> rest = settled(
                    cluster, meanwhile.stream().filter(s -> s.index % 2 == 1).toList());
            assertThat(added(cluster, "n1", rest))
                    .as("what the newer version wrote is still there")
                    .isEqualTo(added(cluster, "n2", rest))
                    .isNotEmpty();
            finish(before);
            finish(meanwhile.stream().filter(s -> s.index % 2 == 1).toList());
            check(cluster, phones);
        }
    }

    private static Scene talking(Phones phones, int index) throws Exception {
        var scene = new Scene(
                Rows.TALKING, index, phones.get(2 * index), phones.get(2 * index + 1), Optional.empty(), false);
        List<Step> steps = scene.row.prepare(scene).get(2, TimeUnit.MINUTES);
        assertThat(Steps.outcome(steps).isOk()).as("%s: %s", scene, steps).isTrue();
        return scene;
    }

    /** Places calls until that node runs enough of them and has written the new field; these. */
    private List<String> placeOn(ClusterProcess cluster, Phones phones, String node) throws Exception {
        List<String> there = List.of();
        for (int i = 0; i < MEANWHILE && there.size() < WANTED; i++) {
            meanwhile.add(talking(phones, BEFORE + i));
            there = added(cluster, node, ids(cluster, meanwhile, node));
        }
        return there;
    }

    /** Of all, if they are there in time: while a shard moves to a node that has come back, nobody lists its calls. */
    private static List<String> settled(ClusterProcess cluster, List<Scene> scenes) throws IOException {
        long deadline = System.nanoTime() + MOVES.toNanos();
        List<String> found = ids(cluster, scenes);
        while (found.size() < scenes.size() && System.nanoTime() - deadline < 0) {
            found = ids(cluster, scenes);
        }
        return found;
    }

    private static List<String> ids(ClusterProcess cluster, List<Scene> scenes) throws IOException {
        return ids(cluster, scenes, "n[12]");
    }

    /** Names in the cluster of those calls that are run by such a node, in the scenes' order. */
    private static List<String> ids(ClusterProcess cluster, List<Scene> scenes, String node) throws IOException {
        var byCaller = new LinkedHashMap<String, String>();
        for (JsonNode call : cluster.calls()) {
            if (call.path("state").asText().equals("talking")
                    && call.path("node").asText().matches(node)) {
                byCaller.put(call.path("from").asText(), call.path("id").asText());
            }
        }
        return scenes.stream()
                .flatMap(scene -> Stream.ofNullable(byCaller.get(scene.callerNumber())))
                .toList();
    }

    /** Those in whose history, as that node reads it, the new field has a value. */
    private static List<String> added(ClusterProcess cluster, String node, List<String> calls) throws IOException {
        var with = new ArrayList<String>();
        for (String call : calls) {
            int answers = 0;
            for (JsonNode event : page(cluster, node, "/call?id=" + call).path("events")) {
                if (event.path("@e").asText().equals(NewerBuild.EVENT)) {
                    answers++;
                    if (event.hasNonNull(NewerBuild.FIELD)) {
                        with.add(call);
                    }
                }
            }
            assertThat(answers)
                    .as("answers in the history of %s at %s", call, node)
                    .isEqualTo(1);
        }
        return with;
    }

    /** Missing if that node does not answer. */
    private static JsonNode page(ClusterProcess cluster, String node, String path) throws IOException {
        return cluster.pages(path).getOrDefault(node, MissingNode.getInstance());
    }

    private static String build(ClusterProcess cluster, String node) throws IOException {
        return page(cluster, node, "/status").path("build").asText();
    }

    private static void rollingRestart(ClusterProcess cluster, Path to, String... nodes) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.sempervox.cluster.cli.Sempervox",
                "rolling-restart",
                "--dir",
                cluster.work().toString(),
                "--to",
                to.toString()));
        command.addAll(List.of(nodes));
        Process verb = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            verb.inputReader(StandardCharsets.UTF_8).lines().forEach(System.out::println);
            assertThat(verb.waitFor(10, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(verb.exitValue()).as("its exit code").isZero();
        } finally {
            verb.destroy();
        }
    }

    /** As users do, from both sides in turn. */
    private static void finish(List<Scene> scenes) throws Exception {
        var all = new LinkedHashMap<Scene, CompletableFuture<List<Step>>>();
        scenes.forEach(scene -> all.put(scene, scene.row.finish(scene)));
        for (Map.Entry<Scene, CompletableFuture<List<Step>>> one : all.entrySet()) {
            List<Step> steps = one.getValue().get(4, TimeUnit.MINUTES);
            assertThat(Steps.outcome(steps).isOk())
                    .as("lost: %s: %s", one.getKey(), steps)
                    .isTrue();
        }
    }

    private void check(ClusterProcess cluster, Phones phones) throws Exception {
        int calls = before.size() + meanwhile.size();
        List<JsonNode> records = cluster.awaitRecords(calls, Duration.ofSeconds(20));
        assertThat(records).hasSize(calls);
        var check = new RecordCheck(records);
        assertThat(Stream.concat(before.stream(), meanwhile.stream())
                        .flatMap(scene -> check.fault(scene).map(fault -> scene + ": " + fault).stream()))
                .as("wrong records")
                .isEmpty();
        assertThat(phones.swarm().violations()).isEmpty();
    }
}
