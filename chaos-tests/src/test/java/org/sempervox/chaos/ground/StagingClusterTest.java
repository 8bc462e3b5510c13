package org.sempervox.chaos.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.FaultKind;
import org.sempervox.chaos.scenario.Target;
import org.sempervox.cluster.admin.AdminServer;
import org.sempervox.cluster.settings.SettingsProblem;

/** The pages are served as a node serves them; what they say is made up. */
class StagingClusterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private AdminServer node;
    private String calls = "[]";

    @BeforeEach
    void serve() throws IOException {
        node = new AdminServer();
        node.add("/calls", () -> json(calls));
        node.add("/status", () -> json("{\"state\":\"serving\",\"serviceAddresses\":[\"192.0.2.10:5060\"]}"));
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void aClusterInUseIsNotTouched() throws IOException {
        calls = "[{\"state\":\"talking\",\"from\":\"9000\",\"to\":\"101\"}]";
        Inventory inventory = inventory("");
        assertThatThrownBy(() -> StagingCluster.open(inventory, folder))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("9000 to 101");
        assertThat(folder.resolve(UndoFile.NAME)).doesNotExist();
    }

    @Test
    void oneThatDoesNotAnswerIsNotTouchedEither() throws IOException {
        Inventory inventory = inventory("");
        node.close();
        assertThatThrownBy(() -> StagingCluster.open(inventory, folder)).isInstanceOf(Refused.class);
    }

    @Test
    void itsOwnCallsAndEndedOnesAreNoObstacle() throws IOException {
        calls =
                "[{\"state\":\"talking\",\"from\":\"9000\",\"to\":\"9001\"},{\"state\":\"ended\",\"from\":\"1\",\"to\":\"2\"}]";
        try (StagingCluster cluster = StagingCluster.open(inventory(""), folder)) {
            assertThat(cluster.view().owner()).isEqualTo("n1");
        }
    }

    @Test
    void aCallThatCameMeanwhileStopsTheNextFault() throws IOException {
        Path mark = folder.resolve("struck");
        try (StagingCluster cluster = StagingCluster.open(inventory("kill = \"touch " + mark + "\""), folder)) {
            calls = "[{\"state\":\"ringing\",\"from\":\"101\",\"to\":\"102\"}]";
            assertThatThrownBy(() -> cluster.strike(blow(FaultKind.KILL, 0), List.of("n1")))
                    .isInstanceOf(Refused.class);
            assertThat(mark).doesNotExist();
            calls = "[]";
            cluster.strike(blow(FaultKind.KILL, 0), List.of("n1"));
            assertThat(mark).exists();
        }
    }

    @Test
    void whatIsOpenIsHealedInTheEndAndWhatAKilledToolLeftByHeal() throws Exception {
        Path frozen = folder.resolve("frozen-n1");
        String commands = "freeze = \"touch %s\", freeze-heal = \"rm -f %s\"".formatted(frozen, frozen);
        try (StagingCluster cluster = StagingCluster.open(inventory(commands), folder)) {
            cluster.strike(blow(FaultKind.FREEZE, 20), List.of("n1"));
            assertThat(frozen).exists();
        }
        assertThat(frozen).doesNotExist();
        assertThat(folder.resolve(UndoFile.NAME)).doesNotExist();

        Files.createFile(frozen);
        UndoFile.of(folder, inventory(commands).allHeals()).write(folder);
        assertThat(Heal.wanted(folder)).as("this process still runs").isEmpty();
        assertThat(Heal.heal(folder)).singleElement().asString().contains("rm -f");
        assertThat(frozen).doesNotExist();
    }

    @Test
    void aProgramOfTheRunEndsWithItAndByHealIfTheToolWasKilled() throws Exception {
        Process first = program();
        try (StagingCluster cluster = StagingCluster.open(inventory(""), folder)) {
            cluster.adopt(first.toHandle());
            assertThat(first.isAlive()).isTrue();
        }
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();

        Process second = program();
        Process other = program();
        Programs.of(folder, UndoFile.of(folder, List.of())).add(second.toHandle());
        assertThat(Heal.heal(folder)).containsExactly("ended program " + second.pid());
        assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    @Test
    void aProgramThatComesWhenTheRunIsOverIsEndedAtOnce() throws Exception {
        StagingCluster cluster = StagingCluster.open(inventory(""), folder);
        cluster.close();
        Process late = program();
        cluster.adopt(late.toHandle());
        assertThat(late.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve(UndoFile.NAME)).doesNotExist();
    }

    private static Process program() throws IOException {
        return new ProcessBuilder("sleep", "300").start();
    }

    @Test
    void aFaultThatCouldNotBeHealedIsNotBegun() throws IOException {
        Path mark = folder.resolve("struck");
        try (StagingCluster cluster = StagingCluster.open(inventory("freeze = \"touch " + mark + "\""), folder)) {
            assertThatThrownBy(() -> cluster.strike(blow(FaultKind.FREEZE, 20), List.of("n1")))
                    .isInstanceOf(SettingsProblem.class)
                    .hasMessageContaining("freeze-heal");
            assertThat(mark).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "explode = \"true\", nodes.n1.explode",
        "'', addresses",
    })
    void whatIsWrongIsNamed(String commands, String path) {
        assertThatThrownBy(() -> {
                    String text = text(commands);
                    Inventory.read(Files.writeString(
                            folder.resolve("inventory.conf"),
                            commands.isEmpty() ? text.replace("192.0.2.10:5060", "pbx") : text));
                })
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(path);
    }

    private static Blow blow(FaultKind kind, int seconds) {
        return new Blow(kind, new Target("n1"), Duration.ofSeconds(seconds), 0);
    }

    private Inventory inventory(String commands) throws IOException {
        return Inventory.read(Files.writeString(folder.resolve("inventory.conf"), text(commands)));
    }

    private String text(String commands) {
        return """
                name = staging
                addresses = [ "192.0.2.10:5060" ]
                phone-host = "192.0.2.99"
                domain = pbx.example
                accounts { first = 9000, count = 100, password = "pw{number}" }
                nodes { n1 { admin = "%s" %s } }
                """.formatted(node.url(), commands.isEmpty() ? "" : ", " + commands);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
