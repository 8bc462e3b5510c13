package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.chaos.client.Account;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.client.PhoneConfig;
import org.sempervox.chaos.client.Swarm;
import org.sempervox.chaos.cluster.ClusterProcess;

/** A password set by the verb is the phone's, on every node, and after everything was killed and started again. */
@Tag("failover")
class CredentialsIT {
    private static final String PASSWORD = "wörd-of-1001";
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final int FORBIDDEN = 403;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "cassandra"})
    void whatIsSetIsKept(String store) throws Exception {
        CassandraAssumption.on(store);
        Path pbx = folder.resolve("phones.conf");
        Files.writeString(
                pbx,
                "tenants.default.extensions = [ { number = 1000, password = filed }, { number = 1001 }, { number = 1002 } ]");
        Path work = folder.resolve("w");
        List<String> arguments = List.of("--config", pbx.toString(), "--store", store);
        ClusterProcess first = ClusterProcess.start(work, arguments, _ -> {});
        try {
            firstLife(first);
            first.killAll();
            assertThat(first.awaitNothing(Duration.ZERO)).isTrue();
            try (ClusterProcess second = ClusterProcess.start(work, arguments, _ -> {})) {
                registers(second, "1001", PASSWORD);
                registers(second, "1000", "own");
                isRefused(second, "1000", "filed");
                assertThat(verb("", "credentials", "list", "--dir", work.toString()))
                        .isEqualTo("0 1000\n1001\n");
                assertThat(verb("", "credentials", "remove", "1000", "--dir", work.toString()))
                        .startsWith("0 1000: removed through ");
                assertThat(verb("", "credentials", "remove", "1000", "--dir", work.toString()))
                        .isEqualTo("0 1000: had none\n");
                becomes(second, "1000", "filed", true);
            }
            nothingInClear(work);
            aForeignKeyIsRefused(work, arguments);
        } finally {
            first.close();
        }
    }

    private void firstLife(ClusterProcess cluster) throws Exception {
        String dir = cluster.work().toString();
        registers(cluster, "1000", "filed");
        isRefused(cluster, "1001", PASSWORD);
        assertThat(verb(PASSWORD + "\n", "credentials", "set", "1001", "--dir", dir))
                .startsWith("0 1001: set");
        assertThat(verb("own\n", "credentials", "set", "1000", "--dir", dir)).startsWith("0 ");
        becomes(cluster, "1001", PASSWORD, true);
        becomes(cluster, "1000", "filed", false);
        isRefused(cluster, "1001", "wrong");
        isRefused(cluster, "1002", "");
        assertThat(verb("x\n", "credentials", "set", "2000", "--dir", dir))
                .startsWith("2 ")
                .contains("no extension 2000");
        assertThat(verb("\n", "credentials", "set", "1001", "--dir", dir)).startsWith("2 ");
        Path stranger = folder.resolve("stranger.key");
        Files.writeString(stranger, "00".repeat(32));
        assertThat(verb("x\n", "credentials", "set", "1001", "--dir", dir, "--key-file", stranger.toString()))
                .startsWith("3 ");
        registers(cluster, "1001", PASSWORD);
    }

    private static void aForeignKeyIsRefused(Path work, List<String> arguments) throws IOException {
        Files.writeString(work.resolve("credentials.key"), "00".repeat(32));
        assertThatThrownBy(() -> ClusterProcess.start(work, arguments, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "sempervox.credentials-key-file = " + work.resolve("credentials.key"),
                        "found the key",
                        "expected");
    }

    /** Neither the store nor a log knows the password or what stands for it. */
    private static void nothingInClear(Path work) throws Exception {
        String whole = "1001:sempervox.local:" + PASSWORD;
        var secrets = new ArrayList<byte[]>();
        secrets.add(PASSWORD.getBytes(StandardCharsets.UTF_8));
        var both = new ByteArrayOutputStream();
        for (String hash : List.of("MD5", "SHA-256")) {
            byte[] ha1 = MessageDigest.getInstance(hash).digest(whole.getBytes(StandardCharsets.UTF_8));
            secrets.add(ha1);
            secrets.add(HexFormat.of().formatHex(ha1).getBytes(StandardCharsets.US_ASCII));
            secrets.add(Base64.getEncoder().withoutPadding().encode(ha1));
            both.write(ha1);
        }
        secrets.add(Base64.getEncoder().withoutPadding().encode(both.toByteArray()));
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (byte[] secret : secrets) {
                    assertThat(content.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                            .as("%s holds a secret", file)
                            .isFalse();
                }
            }
        }
    }

    /** Over every address, so on every node. */
    private static void registers(ClusterProcess cluster, String number, String password) throws Exception {
        for (Outcome outcome : tries(cluster, number, password, true)) {
            assertThat(outcome.isOk()).as("%s: %s", number, outcome).isTrue();
        }
    }

    private static void isRefused(ClusterProcess cluster, String number, String password) throws Exception {
        for (Outcome outcome : tries(cluster, number, password, false)) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.status()).isEqualTo(FORBIDDEN));
        }
    }

    /** Until all nodes have heard of the change: about a second. Failed logins over the limit are not answered at once. */
    private static void becomes(ClusterProcess cluster, String number, String password, boolean good) throws Exception {
        long deadline = System.nanoTime() + STEP.toNanos();
        while (tries(cluster, number, password, false).stream().anyMatch(outcome -> outcome.isOk() != good)) {
            assertThat(System.nanoTime()).as("%s still %s", number, !good).isLessThan(deadline);
        }
    }

    /** {@code binds}: else it only asks for its bindings, because an extension has ten of them at most. */
    private static List<Outcome> tries(ClusterProcess cluster, String number, String password, boolean binds)
            throws Exception {
        var outcomes = new ArrayList<Outcome>();
        try (Swarm swarm = Swarm.open()) {
            for (var address : cluster.addresses()) {
                var account = new Account(number, password, "sempervox.local");
                Phone phone = swarm.phone(PhoneConfig.of(address, account));
                outcomes.add((binds ? phone.register(Duration.ofMinutes(5), STEP) : phone.query(STEP))
                        .get(STEP.toSeconds() + 5, TimeUnit.SECONDS));
            }
        }
        return outcomes;
    }

    /** Exit code and output of the program in a process of its own, as a user runs it. */
    private static String verb(String input, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dsempervox.log=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                "org.sempervox.cluster.cli.Sempervox"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
            out.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + output;
    }
}
