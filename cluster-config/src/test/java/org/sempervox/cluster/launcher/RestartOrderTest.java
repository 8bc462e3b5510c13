package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.launcher.NodesSeen.Seen;
import org.sempervox.cluster.launcher.PlannedWork.Node;

/** Which processes a rolling restart stops when the cluster is not as it should be; the nodes are processes that do nothing. */
class RestartOrderTest {
    private static final List<Node> NODES =
            List.of(new Node("n1", true, true, false, "serving"), new Node("n2", true, true, false, "serving"));

    @TempDir
    Path folder;

    private final Map<String, Process> running = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private WorkFolder work;
    private Build newer;

    @BeforeEach
    void twoNodesServe() throws IOException {
        work = new WorkFolder(folder);
        newer = new Build(List.of(folder.resolve("newer.jar")));
        Files.createFile(work.config());
        start("n1");
        start("n2");
    }

    @AfterEach
    void end() {
        running.values().forEach(Process::destroyForcibly);
    }

    @Test
    void aNodeThatWorksIsNotStoppedBecauseAnotherOneHasDied() throws Exception {
        Process first = process("n1");
        NodesSeen seen = node -> {
            if (node.equals("n1") && !first.isAlive() && process("n1").equals(first)) {
                start("n1");
                states.put("n2", "down");
            }
            return look(node);
        };
        Build former = new Build(List.of(folder.resolve("former.jar")));
        assertThatThrownBy(() -> restart(seen).inTurn(List.of("n1"), Optional.of(former), Optional.of(newer)))
                .isInstanceOf(RestartFailure.class)
                .hasMessageStartingWith("n2 is down after ")
                .hasMessageEndingWith("these may run the new build: [n1]");
        assertThat(Build.of(work)).contains(former);
        assertThat(first.isAlive()).isFalse();
        assertThat(process("n1").isAlive()).as("the only one that serves").isTrue();
    }

    @Test
    void nothingIsStoppedWhenOneHasDiedSinceItWasAsked() {
        states.put("n2", "down");
        assertThatThrownBy(() -> restart(this::look).run(List.of("n1"), Optional.empty()))
                .isInstanceOf(RestartFailure.class)
                .hasMessage("n2 is down: n1 was not restarted");
        assertThat(process("n1").isAlive()).isTrue();
    }

    @Test
    void oneAtATime() throws Exception {
        NodesSeen seen = node -> {
            assertThatThrownBy(() -> restart(this::look).run(List.of("n2"), Optional.empty()))
                    .isInstanceOf(RestartFailure.class)
                    .hasMessageContaining("is at work: no rolling restart");
            states.put("n2", "down");
            return look(node);
        };
        assertThatThrownBy(() -> restart(seen).run(List.of("n1"), Optional.empty()))
                .hasMessageContaining("n2 is down");
        assertThat(process("n2").isAlive()).isTrue();
    }

    @Test
    void aLauncherThatStartsAnotherBuildIsNoticed() {
        Process first = process("n1");
        NodesSeen seen = node -> {
            if (!first.isAlive() && process("n1").equals(first)) {
                start("n1");
            }
            return look(node);
        };
        assertThatThrownBy(() -> restart(seen).inTurn(List.of("n1"), Optional.empty(), Optional.of(newer)))
                .isInstanceOf(RestartFailure.class)
                .hasMessageContaining("n1 runs former.jar, not " + newer.name());
    }

    private RollingRestart restart(NodesSeen seen) {
        return new RollingRestart(new PlannedWork(work, NODES, seen), System.out::println, Duration.ofMillis(300));
    }

    private Seen look(String node) {
        return new Seen(Optional.of(process(node).toHandle()), states.getOrDefault(node, "down"), "former.jar");
    }

    private Process process(String node) {
        return Objects.requireNonNull(running.get(node));
    }

    private void start(String node) throws IOException {
        running.put(node, new ProcessBuilder("sleep", "600").start());
        states.put(node, "serving");
    }
}
