package org.sempervox.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.cli.Exit;
import picocli.CommandLine;

class SimulateVerbTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new SimulateVerb())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void listsScenariosAndBrokenBuilds() {
        assertThat(run("--list")).isEqualTo(Exit.DONE);
        assertThat(out.toString()).contains("scenario plain-caller-ends", "broken forget-bye (nobody-hangs)");
    }

    @Test
    void soundBuildPasses(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("verdict.json");
        assertThat(run("--steps", "20000", "--seed", "3", "--json", json.toString()))
                .as(out.toString())
                .isEqualTo(Exit.DONE);
        assertThat(Files.readString(json)).contains("\"violations\":[]", "\"seed\":3");
    }

    @Test
    void brokenBuildFailsWithNameScenarioAndStory() {
        assertThat(run("--crash-everywhere", "--scenario", "plain-caller-ends", "--broken", "no-record"))
                .isEqualTo(Exit.BAD_VERDICT);
        assertThat(out.toString())
                .contains("one-record: 0 records", "in plain-caller-ends, seed 1, no crash", "INVITE 1 sdp");
    }

    @Test
    void unknownNamesAreBadUsage() {
        assertThat(run("--broken", "nonsense")).isEqualTo(Exit.BAD_USAGE);
    }
}
