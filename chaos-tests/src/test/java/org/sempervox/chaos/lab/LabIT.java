package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.command.Command;
import org.sempervox.chaos.lab.Speaking.Overlap;

/** A laboratory without a cluster: its cables, its captures, and that nothing of it stays. */
@Tag("chaos-fast")
class LabIT {
    private static final Duration PAUSE = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @BeforeEach
    void root() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    }

    @Test
    void cablesAreCutAndHealed() throws Exception {
        try (Lab lab = Lab.create(folder, List.of("n1", "n2", "w1"))) {
            assertThat(Files.readString(lab.stateFile()))
                    .contains(lab.host("w1").namespace());
            reach(lab, "n1 n2", "n2 w1", "w1 n1", "n1 out", "w1 out");
            lab.cut("n1", "n2");
            lab.cut("n2", "n1");
            apart(lab, "n1 n2", "n2 n1");
            reach(lab, "n1 w1", "n2 w1", "n1 out");
            lab.heal();
            lab.heal();
            lab.isolate("w1");
            apart(lab, "n1 w1", "w1 n2");
            reach(lab, "n1 n2", "w1 out");
            lab.heal();
            lab.split(List.of("n1", "w1"), List.of("n2"));
            apart(lab, "n1 n2", "n2 w1");
            reach(lab, "n1 w1", "n2 out");
            lab.heal();
            lab.cutFromAll("n2");
            apart(lab, "n2 n1", "n2 out");
            reach(lab, "n1 w1");
            lab.heal();
            lab.loss(100, List.of("n1", "n2"));
            apart(lab, "n1 n2");
            reach(lab, "n1 w1");
            lab.loss(0, List.of("n1", "n2"));
            reach(lab, "n1 n2", "n2 n1", "n2 out");
        }
        assertThat(Files.exists(folder.resolve("lab.json"))).isFalse();
    }

    @Test
    void oneWayIsOneWay() throws Exception {
        try (Lab lab = Lab.create(folder, List.of("n1", "n2"));
                Capture capture = lab.capture(folder.resolve("captures"))) {
            lab.cutOneWay("n1", "n2");
            apart(lab, "n1 n2");
            assertThat(capture.stop().seen())
                    .extracting(Seen::host)
                    .contains("n1")
                    .doesNotContain("n2");
            Capture other = lab.capture(folder.resolve("other"));
            lab.heal();
            lab.cutOneWay("n2", "n1");
            apart(lab, "n1 n2");
            assertThat(other.stop().seen()).extracting(Seen::host).contains("n1", "n2");
        }
    }

    @Test
    void aHostWithoutPowerIsSilentForgetsAddressesAndStartsWhatWaits() throws Exception {
        Lab lab = Lab.create(folder, List.of("n1", "n2"));
        try (lab) {
            lab.addAddress("n1", lab.serviceAddress(0));
            lab.addAddress("n1", lab.serviceAddress(0));
            assertThat(lab.addresses("n1")).containsExactly(lab.host("n1").address(), lab.serviceAddress(0));
            Process sleeper = start(lab, "n1", "sleep", "600");
            awaitIn(lab, "n1", sleeper);
            lab.powerOff("n1");
            lab.powerOff("n1");
            assertThat(sleeper.waitFor(2, TimeUnit.SECONDS)).isTrue();
            assertThat(sleeper.exitValue()).isEqualTo(137);
            apart(lab, "n2 n1");
            assertThat(lab.addresses("n1")).containsExactly(lab.host("n1").address());
            Process waiting = start(lab, "n1", "true");
            assertThatThrownBy(() -> lab.capture(folder.resolve("captures")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("off: [n1]");
            assertThat(waiting.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
            lab.heal();
            apart(lab, "n2 n1");
            lab.powerOn("n1");
            assertThat(waiting.waitFor(5, TimeUnit.SECONDS)).isTrue();
            reach(lab, "n2 n1", "n1 out");
        }
        assertThat(LabTraces.of(lab.bridge(), folder)).isEmpty();
    }

    @Test
    void capturesTellWhoSpeaksAsAnAddress() throws Exception {
        try (Lab lab = Lab.create(folder, List.of("n1", "n2"))) {
            String address = lab.serviceAddress(0);
            for (String host : lab.hosts()) {
                lab.addAddress(host, address);
            }
            Capture capture = lab.capture(folder.resolve("captures"));
            assertThat(talk(lab, "n1", 10).waitFor()).isZero();
            assertThat(talk(lab, "n2", 10).waitFor()).isZero();
            Capture.Recording inTurn = capture.stop();
            assertThat(inTurn.dropped()).isZero();
            Speaking speaking = Speaking.of(inTurn.seen(), address);
            assertThat(speaking.packets().get("n1")).hasSize(10);
            assertThat(speaking.packets().get("n2")).hasSize(10);
            assertThat(speaking.overlaps(PAUSE)).isEmpty();
            Capture both = lab.capture(folder.resolve("both"));
            List<Process> talking = List.of(talk(lab, "n1", 100), talk(lab, "n2", 100));
            for (Process each : talking) {
                assertThat(each.waitFor()).isZero();
            }
            List<Overlap> overlaps = Speaking.of(both.stop().seen(), address).overlaps(PAUSE);
            assertThat(overlaps).isNotEmpty().allSatisfy(overlap -> {
                assertThat(overlap.ms()).isBetween(1.0, 2100.0);
                assertThat(overlap.packets()).isGreaterThan(1);
            });
        }
    }

    @Test
    void whatAKilledProgramLeftIsRemoved() throws Exception {
        Process program = new ProcessBuilder(java(OrphanedLab.class, folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String made = program.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(made).startsWith("made svl").endsWith("n1 2");
        String bridge = made.substring("made ".length(), made.length() - "n1 2".length());
        program.destroyForcibly().waitFor();
        assertThat(LabTraces.of(bridge, folder))
                .anyMatch(trace -> trace.contains("svlab"))
                .anyMatch(trace -> trace.contains("tcpdump") || trace.contains("dumpcap"))
                .anyMatch(trace -> trace.contains("sleep"));
        assertThatThrownBy(() -> Lab.create(folder, List.of("n1")))
                .isInstanceOf(LabRefusal.class)
                .hasMessageContaining("lab.json");
        Lab.removeAll(folder.resolve("lab.json"));
        Lab.removeAll(folder.resolve("lab.json"));
        assertThat(LabTraces.of(bridge, folder)).isEmpty();
        assertThat(Files.exists(folder.resolve("lab.json"))).isFalse();
    }

    @Test
    void aFailureNamesTheCommandAndWhatItSaid() {
        assertThatThrownBy(() -> Command.run("ip", "link", "del", "svlnothing"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ip link del svlnothing: exit 1: Cannot find device");
    }

    private static void reach(Lab lab, String... ways) throws Exception {
        for (String way : ways) {
            assertThat(answered(lab, way, "3")).as("%s is reached", way).isTrue();
        }
    }

    private static void apart(Lab lab, String... ways) throws Exception {
        for (String way : ways) {
            assertThat(answered(lab, way, "0.5")).as("%s is reached", way).isFalse();
        }
    }

    /** A closed port refuses if both ways are open: at once, or when the next ARP request or SYN is due. */
    private static boolean answered(Lab lab, String way, String seconds) throws Exception {
        String[] ends = way.split(" ");
        String to = ends[1].equals("out") ? lab.outside() : lab.host(ends[1]).address();
        Process attempt = start(lab, ends[0], "timeout", seconds, "bash", "-c", "echo > /dev/tcp/" + to + "/9");
        String said = new String(attempt.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        attempt.waitFor();
        return said.contains("refused");
    }

    private static Process talk(Lab lab, String host, int packets) throws IOException {
        List<String> command = java(Talker.class, lab.serviceAddress(0), lab.outside(), Integer.toString(packets));
        return start(lab, host, command.toArray(String[]::new));
    }

    private static List<String> java(Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(Lab lab, String host, String... program) throws IOException {
        var command = new ArrayList<>(lab.front(host));
        command.addAll(List.of(program));
        return new ProcessBuilder(command).start();
    }

    private static void awaitIn(Lab lab, String host, Process process) throws Exception {
        while (Processes.in(lab.host(host).namespace()).stream().noneMatch(p -> p.pid() == process.pid())) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
