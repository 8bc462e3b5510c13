package org.sempervox.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.address.Namespaces;
import org.sempervox.cluster.settings.Secrets;

/**
 * Two nodes and a witness, each on a machine of its own, and somebody on the network who hears which machine speaks with which service
 * address, every millisecond (S15, S16, S21). Needs root.
 */
class MovingAddressIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String FIRST = "10.77.0.11";
    private static final String SECOND = "10.77.0.12";

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private @Nullable Namespaces made;
    private Path config = Path.of("");

    @BeforeEach
    void machines() throws Exception {
        assumeThat(Namespaces.possible()).as("root, and network namespaces").isTrue();
        made = new Namespaces("n1", "n2", "w1");
        Files.writeString(folder.resolve("pbx.conf"), "tenants.default.extensions = []");
        Secrets.write(folder.resolve("cluster.key"), Secrets.hexKey(32));
        Secrets.write(folder.resolve("password"), "unused");
        config = folder.resolve("cluster.conf");
        Files.writeString(config, """
                sempervox {
                  realm = "example.org", work-folder = ".", key-file = "cluster.key", pbx-file = "pbx.conf"
                  seeds = ["10.77.0.3:25520", "10.77.0.1:25520", "10.77.0.2:25520"]
                  addresses = [
                    { host = "10.77.0.11", port = 5060, media-ports = [10000, 20001], home = "n1" }
                    { host = "10.77.0.12", port = 5060, media-ports = [20002, 30003], home = "n2" }
                  ]
                  store { kind = h2, host = "10.77.0.3", port = 1, password-file = "password" }
                  nodes {
                    n1 { roles = [sip, media], host = "10.77.0.1", port = 25520, device = eth0 }
                    n2 { roles = [sip, media], host = "10.77.0.2", port = 25520, device = eth0 }
                    w1 { roles = [witness], host = "10.77.0.3", port = 25520 }
                  }
                }
                """);
        listen();
    }

    @AfterEach
    void noMachines() throws Exception {
        Namespaces net = made;
        if (net != null) {
            net.close();
            assertThat(Namespaces.host("ip", "netns", "list"))
                    .doesNotContain("svt" + ProcessHandle.current().pid());
        }
    }

    private Namespaces net() {
        Namespaces net = made;
        if (net == null) {
            throw new IllegalStateException("no machines");
        }
        return net;
    }

    private void listen() throws Exception {
        Process ear = net().java(Namespaces.PEER, List.of(), EarMain.class, "10.77.0.100");
        var lines = new BufferedReader(new InputStreamReader(ear.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("listening");
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(heard::add));
    }

    private Process node(String name, Node.Join join) throws Exception {
        Process process = net().java(
                        name, List.of(), SpeakingNodeMain.class, config.toString(), name, join.name(), "10.77.0.100");
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform()
                .daemon()
                .start(() -> lines.lines().forEach(line -> {
                    synchronized (outputs) {
                        outputs.add(name + " " + line);
                    }
                }));
        return process;
    }

    private void signal(Process process, String name) throws Exception {
        Namespaces.host("kill", "-" + name, Long.toString(process.pid()));
    }

    /** From then on, the only change at that address is to that node. */
    private void speaks(String address, String node, int changes) throws Exception {
        try {
            Eventually.holds(
                    node + " speaks with " + address, LIMIT, () -> at(address).size() >= changes);
        } catch (AssertionError e) {
            synchronized (outputs) {
                outputs.forEach(System.out::println);
            }
            throw e;
        }
        assertThat(at(address)).hasSize(changes).last().asString().startsWith(address + " " + node);
        System.out.println(at(address).getLast() + " us of silence before");
    }

    private List<String> at(String address) {
        return heard.stream().filter(line -> line.startsWith(address + " ")).toList();
    }

    private void say(Process node, String readiness) throws Exception {
        node.getOutputStream().write((readiness + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().flush();
    }

    /** The old owner stands still, for less than anybody would notice, just when the new one becomes ready. */
    @Test
    void aNewOwnerWaitsForAnOldOneThatIsSlow_S15() throws Exception {
        node("w1", Node.Join.FORM);
        Process first = node("n1", Node.Join.OTHERS);
        speaks(SECOND, "n1", 1);
        Process second = node("n2", Node.Join.OTHERS);
        speaks(SECOND, "n2", 2);
        say(second, "STARTING");
        speaks(SECOND, "n1", 3);

        signal(first, "STOP");
        long stopped = System.nanoTime();
        say(second, "READY");
        do {
            assertThat(net().has("n2", SECOND)).isFalse();
        } while (System.nanoTime() - stopped < Duration.ofMillis(300).toNanos());
        signal(first, "CONT");
        speaks(SECOND, "n2", 4);
        Eventually.holds("n1 has nothing of n2's", LIMIT, () -> !net().has("n1", SECOND));
        assertThat(at(SECOND)).hasSize(4);
        assertThat(at(FIRST)).hasSize(1);
    }

    @Test
    void noTwoMachinesSpeakWithOneAddress_S15() throws Exception {
        node("w1", Node.Join.FORM);
        node("n1", Node.Join.OTHERS);
        speaks(FIRST, "n1", 1);
        speaks(SECOND, "n1", 1);
        Process second = node("n2", Node.Join.OTHERS);
        speaks(SECOND, "n2", 2);

        System.out.println("planned: n2 leaves");
        signal(second, "TERM");
        speaks(SECOND, "n1", 3);
        second.waitFor();
        assertThat(net().has("n2", SECOND)).isFalse();

        System.out.println("it comes home");
        second = node("n2", Node.Join.OTHERS);
        speaks(SECOND, "n2", 4);

        System.out.println("frozen");
        signal(second, "STOP");
        speaks(SECOND, "n1", 5);
        assertThat(net().has("n2", SECOND)).isFalse();
        signal(second, "CONT");
        second.waitFor();

        System.out.println("killed");
        second = node("n2", Node.Join.OTHERS);
        speaks(SECOND, "n2", 6);
        signal(second, "KILL");
        speaks(SECOND, "n1", 7);
        Eventually.holds("n2's machine is free", LIMIT, () -> net().pids("n2").isEmpty());
        assertThat(net().has("n2", SECOND)).isFalse();

        // every change once: no machine spoke again after another one had begun
        assertThat(at(FIRST)).hasSize(1);
        assertThat(at(SECOND)).hasSize(7);
        synchronized (outputs) {
            assertThat(outputs).noneMatch(line -> line.contains("NOT BOUND"));
        }
    }
}
