package org.sempervox.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.cli.Exit;
import picocli.CommandLine;

class StoriesCommandTest {
    private static final String KEPT = "src/test/resources/stories/broken-forgotten-slot.story";

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new StoriesCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void soundBuildPassesAndSaysItsSeedAndDigest(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("verdict.json");
        assertThat(run("--seed", "7", "--steps", "20000", "--json", json.toString()))
                .as(out.toString())
                .isEqualTo(Exit.DONE);
        assertThat(out.toString()).contains("seed 7", "digest ", "steps/s");
        assertThat(Files.readString(json)).contains("\"violations\":[]", "\"seed\":7", "\"digest\":\"");
    }

    @Test
    void withoutASeedOneIsDrawnAndPrinted() {
        assertThat(run("--steps", "100")).isEqualTo(Exit.DONE);
        assertThat(out.toString()).containsPattern("seed [0-9]+");
    }

    @Test
    void brokenBuildFailsWithAShortStoryAndTheWayBackToIt(@TempDir Path folder) throws IOException {
        Path kept = folder.resolve("short.story");
        assertThat(run(
                        "--seed",
                        "7",
                        "--steps",
                        "200000",
                        "--broken",
                        "no-stored-record",
                        "--story-to",
                        kept.toString()))
                .isEqualTo(Exit.BAD_VERDICT);
        assertThat(out.toString())
                .contains("one-record: ", "again: ./sempervox chaos simulate --replay " + kept, "what happens in it:");
        List<String> lines = Files.readAllLines(kept);
        assertThat(lines).contains("broken no-stored-record", "violates one-record");
        assertThat(lines).hasSizeLessThan(30);
        assertThat(run("--replay", kept.toString())).isEqualTo(Exit.BAD_VERDICT);
    }

    @Test
    void keptStoryIsToldLineByLine() {
        assertThat(run("--replay", KEPT)).isEqualTo(Exit.BAD_VERDICT);
        assertThat(out.toString()).contains("store: ", "INVITE 1 sdp", "slots-released: ");
    }

    @Test
    void whatCannotBeReadIsBadUsage(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("none.story"), "at noon phone 100 sings\n");
        assertThat(run("--replay", file.toString())).isEqualTo(Exit.BAD_USAGE);
        assertThat(out.toString()).contains("no line of a story: \"at noon phone 100 sings\"");
        assertThat(run("--replay", "nowhere.story")).isEqualTo(Exit.BAD_USAGE);
        assertThat(run("--broken", "nonsense")).isEqualTo(Exit.BAD_USAGE);
        assertThat(run("--seconds", "0")).isEqualTo(Exit.BAD_USAGE);
    }
}
