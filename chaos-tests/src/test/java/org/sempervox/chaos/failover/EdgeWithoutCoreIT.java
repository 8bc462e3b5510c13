package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.store.EmbeddedStore;

/** One node hosts the calls, another one answers the phones: it registers and calls like a full node, and knows when the store is gone (S28). */
@Tag("failover")
class EdgeWithoutCoreIT {
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<Process> nodes = new ArrayList<>();
    private @Nullable EmbeddedStore store;

    @AfterEach
    void end() throws Exception {
        nodes.forEach(Process::destroy);
        for (Process node : nodes) {
            if (!node.waitFor(40, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        }
        stopStore();
    }

    @Test
    void itServesPhonesAndPutsCallsOffWhileNothingCanBeStored() throws Exception {
        EmbeddedStore opened = EmbeddedStore.start(folder.resolve("store"));
        store = opened;
        InetSocketAddress address = configure(opened.settings().port());
        start("c1", "form");
        start("s1", "others");
        await("c1", "up");
        await("s1", "serving");
        try (Phones phones = Phones.register(List.of(address), 2, "sempervox.local")) {
            var finished =
                    TalkingPair.of(phones, 0, STEP).finish(Party.CALLER, STEP).get(120, TimeUnit.SECONDS);
            assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
            stopStore();
            assertThat(untilRefused(phones)).isEqualTo(new Outcome.Failed(503, "Service Unavailable"));
        }
    }

    private void stopStore() throws SQLException {
        EmbeddedStore opened = store;
        store = null;
        if (opened != null) {
            opened.close();
        }
    }

    /** What is placed before the node knows gets no answer. */
    private static Outcome untilRefused(Phones phones) throws Exception {
        long deadline = System.nanoTime() + STEP.toNanos();
        Outcome last = Outcome.unknown("not asked");
        while (!(last instanceof Outcome.Failed) && System.nanoTime() < deadline) {
            last = phones.get(0)
                    .call(Phones.number(1))
                    .ringing(Duration.ofSeconds(2))
                    .get(10, TimeUnit.SECONDS);
        }
        return last;
    }

    private InetSocketAddress configure(int storePort) throws IOException {
        long pid = ProcessHandle.current().pid();
        String net = "127.%d.%d.".formatted(1 + pid / 250 % 120, 1 + pid % 250);
        Secrets.write(folder.resolve("cluster.key"), Secrets.hexKey(32));
        Secrets.write(folder.resolve("credentials.key"), Secrets.hexKey(32));
        Files.writeString(folder.resolve("pbx.conf"), Phones.pbxFile(2));
        Files.writeString(folder.resolve("cluster.conf"), """
                sempervox {
                  realm = sempervox.local, work-folder = ".", pbx-file = pbx.conf
                  key-file = cluster.key, credentials-key-file = credentials.key
                  seeds = ["%1$s21:25520", "%1$s22:25520"]
                  addresses = [ { host = "%1$s31", port = 5060, media-ports = [10000, 20001], home = s1 } ]
                  store { kind = h2, host = "127.0.0.1", port = %2$d, password-file = store/password }
                  nodes {
                    c1 { roles = [core, media], host = "%1$s21", port = 25520 }
                    s1 { roles = [sip, media], host = "%1$s22", port = 25520 }
                  }
                }
                """.formatted(net, storePort));
        return new InetSocketAddress(net + "31", 5060);
    }

    private void start(String node, String join) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.sempervox.cluster.cli.Sempervox",
                "node",
                "--config",
                folder.resolve("cluster.conf").toString(),
                "--name",
                node,
                "--join",
                join);
        nodes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(node + ".log").toFile())
                .start());
    }

    private void await(String node, String state) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        while (!state(node).equals(state)) {
            assertThat(nodes).as("see " + folder).allMatch(Process::isAlive);
            assertThat(System.nanoTime())
                    .as("%s is %s, see %s", node, state(node), folder)
                    .isLessThan(deadline);
            assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private String state(String node) {
        try {
            return AdminClient.of(folder.resolve(node + ".admin"))
                    .get("/status")
                    .path("state")
                    .asText();
        } catch (IOException e) {
            return "not there yet";
        }
    }
}
