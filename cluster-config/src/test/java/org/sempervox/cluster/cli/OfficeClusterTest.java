package org.sempervox.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.launcher.Leftovers;
import org.sempervox.cluster.launcher.WorkFolder;

/** Real processes through the command line. */
@Tag("cluster")
class OfficeClusterTest {
    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final Duration RESTART = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeft() throws Exception {
        explain();
        Sempervox.execute("down", "--dir", folder.toString());
        assertThat(Leftovers.liveProcesses(new WorkFolder(folder))).isEmpty();
    }

    @Test
    void aKilledNodeIsReplacedComesBackAndEverythingEnds() throws Exception {
        String dir = folder.toString();
        assertThat(Sempervox.execute("up", "--detach", "--topology", "office", "--roles", "sip,media", "--dir", dir))
                .isZero();
        assertThat(Sempervox.execute("up", "--dir", dir))
                .as("a folder in use is refused")
                .isEqualTo(1);
        assertThat(Sempervox.execute("status", "--dir", dir)).isZero();
        assertThat(Sempervox.execute("audit", "--dir", dir)).isZero();

        long killed = System.nanoTime();
        kill("n2");
        Eventually.holds(
                "n1 serves both addresses",
                SECONDS,
                () -> n1(s -> s.path("serviceAddresses").size() == 2));
        long moved = since(killed);
        Eventually.holds(
                "n2 is removed", SECONDS, () -> n1(s -> s.path("members").size() == 2));
        System.out.println("kill -9: ownership moved after " + moved + " ms, removed after " + since(killed) + " ms");

        long restarting = System.nanoTime();
        Eventually.holds(
                "n2 serves again", RESTART, () -> n1(s -> s.path("serving").size() == 2));
        System.out.println("started again and serving " + since(restarting) + " ms later");

        ProcessHandle frozen = process("n2");
        long stopped = System.nanoTime();
        signal("STOP", frozen);
        Eventually.holds(
                "the frozen n2 is removed",
                SECONDS,
                () -> n1(s -> s.path("members").size() == 2));
        long removed = since(stopped);
        System.out.println("SIGSTOP: removed after " + removed + " ms");
        assertThat(Sempervox.execute("rolling-restart", "--dir", dir))
                .as("no node is stopped while another one is missing")
                .isEqualTo(3);
        long woken = System.nanoTime();
        signal("CONT", frozen);
        Eventually.holds("it ends by itself", SECONDS, () -> !frozen.isAlive());
        long ended = since(woken);
        System.out.println("SIGCONT: ended after " + ended + " ms");

        assertThat(Sempervox.execute("down", "--dir", dir)).isZero();
        assertThat(Leftovers.liveProcesses(new WorkFolder(folder))).isEmpty();
        assertThat(Sempervox.execute("audit", "--dir", dir)).isZero();
        assertThat(Sempervox.execute("cdr", "--dir", dir, "--json")).isZero();
    }

    @Test
    void aDrainedNodeStaysAwayUntilItIsWantedAgain() throws Exception {
        String dir = folder.toString();
        assertThat(Sempervox.execute("up", "--detach", "--topology", "office", "--roles", "sip,media", "--dir", dir))
                .isZero();
        assertThat(Sempervox.execute("drain", "n3", "--dir", dir)).isEqualTo(2);
        assertThat(Sempervox.execute("undrain", "n2", "--dir", dir))
                .as("there is nothing to do")
                .isZero();
        ProcessHandle first = process("n2");
        assertThat(Sempervox.execute("drain", "n2", "--dir", dir)).isZero();
        assertThat(first.isAlive()).isFalse();
        Eventually.holds(
                "n1 serves both addresses",
                SECONDS,
                () -> n1(s -> s.path("serviceAddresses").size() == 2));
        assertThat(Sempervox.execute("drain", "n2", "--dir", dir))
                .as("is drained already")
                .isZero();
        assertThat(Sempervox.execute("drain", "n1", "--dir", dir))
                .as("nobody would be left")
                .isEqualTo(3);
        assertThat(Sempervox.execute("rolling-restart", "--dir", dir))
                .as("nor then")
                .isEqualTo(3);
        assertThat(Sempervox.execute("status", "--dir", dir)).isZero();
        Eventually.holds(
                "the launcher knows",
                SECONDS,
                () -> Files.readString(folder.resolve("launcher.log")).contains("n2 ended with 0 and is drained"));
        assertThat(new WorkFolder(folder).liveNodes()).doesNotContainKey("n2");

        assertThat(Sempervox.execute("undrain", "n2", "--dir", dir)).isZero();
        assertThat(n1(s -> s.path("serving").size() == 2)).isTrue();
        assertThat(process("n2").pid()).isNotEqualTo(first.pid());

        assertThat(Sempervox.execute("drain", "w1", "--dir", dir)).isZero();
        assertThat(Sempervox.execute("rolling-restart", "--dir", dir))
                .as("two nodes serve, and the witness is away on purpose")
                .isZero();
        assertThat(Sempervox.execute("down", "--dir", dir)).isZero();
        assertThat(Sempervox.execute("audit", "--dir", dir)).isZero();
        assertThat(Sempervox.execute("drain", "n2", "--dir", dir))
                .as("nothing runs")
                .isEqualTo(3);
    }

    /** The launcher lives: nobody may wait for others that wait for it. */
    @Test
    void aClusterWhoseNodesAllDieAtOnceIsFormedAgain() throws Exception {
        String dir = folder.toString();
        assertThat(Sempervox.execute("up", "--detach", "--topology", "office", "--roles", "sip,media", "--dir", dir))
                .isZero();
        for (String node : List.of("w1", "n1", "n2")) {
            kill(node);
        }
        Eventually.holds(
                "n1 and n2 serve again",
                RESTART,
                () -> n1(s -> s.path("serving").size() == 2));
        Eventually.holds(
                "the witness too", RESTART, () -> n1(s -> s.path("members").size() == 3));
    }

    @Test
    void badUsageIsExitCode2() throws IOException {
        Path pbx = folder.resolve("bad.conf");
        Files.writeString(pbx, "tenants.default.extensions = [ { number = \"12 34\", password = \"x\" } ]");
        String dir = folder.resolve("w").toString();
        assertThat(Sempervox.execute("up", "--dir", dir, "--config", pbx.toString()))
                .isEqualTo(2);
        assertThat(Sempervox.execute("up", "--dir", dir, "--topology", "many")).isEqualTo(2);
        assertThat(Sempervox.execute("config", "check", pbx.toString())).isEqualTo(2);
        assertThat(Sempervox.execute("rolling-restart", "--dir", dir)).isEqualTo(2);
        assertThat(Sempervox.execute("rolling-restart", "--dir", dir, "--to", dir))
                .isEqualTo(2);
        assertThat(Sempervox.execute("nonsense")).isEqualTo(2);
        assertThat(Sempervox.execute()).isEqualTo(2);
    }

    /** Why nodes ended, before the folder is deleted. */
    private void explain() throws IOException {
        for (String log : List.of("launcher.log", "n1.log", "n2.log", "w1.log")) {
            Path file = folder.resolve(log);
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains("ended with")
                                || line.contains("halted")
                                || line.contains("ResolverActor"))
                        .forEach(line -> System.out.println(log + ": " + line));
            }
        }
    }

    private boolean n1(Predicate<JsonNode> holds) {
        try {
            return holds.test(AdminClient.of(folder.resolve("n1.admin")).get("/status"));
        } catch (IOException e) {
            return false;
        }
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private ProcessHandle process(String node) throws IOException {
        long pid =
                Long.parseLong(Files.readString(folder.resolve(node + ".pid")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private void kill(String node) throws Exception {
        ProcessHandle process = process(node);
        assertThat(process.destroyForcibly()).isTrue();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
