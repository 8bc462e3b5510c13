package org.sempervox.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sempervox.chaos.simulation.story.StoryText;

/** Stories that once failed: those of broken builds must fail for ever, those of the product never again. */
class StoriesTest {
    private static final Path KEPT = Path.of("src/test/resources/stories");
    private static final int MOST_LINES = 30;

    static List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.filter(file -> file.toString().endsWith(".story"))
                    .sorted()
                    .toList();
        }
    }

    private static StoryFile read(Path file) throws IOException {
        return StoryFile.parse(Files.readAllLines(file));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void keptStoryEndsAsItSays(Path file) throws IOException {
        StoryFile kept = read(file);
        StoryRun.Outcome outcome = StoryRun.tell(kept.story(), kept.broken());
        String told = String.join("\n", outcome.told());
        if (kept.violates().isEmpty()) {
            assertThat(outcome.violations()).as(told).isEmpty();
        } else {
            assertThat(outcome.violates(kept.violates())).as(told).isTrue();
        }
        assertThat(kept.story().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void soundBuildEndsThemAllWell(Path file) throws IOException {
        StoryRun.Outcome outcome = StoryRun.tell(read(file).story(), Broken.NONE);
        assertThat(outcome.violations()).as(String.join("\n", outcome.told())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void storyIsReadAsItWasWritten(Path file) throws IOException {
        StoryFile kept = read(file);
        assertThat(StoryFile.parse(kept.print())).isEqualTo(kept);
        assertThat(StoryText.parse(StoryText.print(kept.story()))).isEqualTo(kept.story());
    }

    @Test
    void everyBrokenBuildHasAStoryThatItsInvariantCatches() throws IOException {
        var caught = new HashSet<Broken>();
        for (Path file : kept()) {
            StoryFile story = read(file);
            if (story.violates().equals(story.broken().caughtBy())) {
                caught.add(story.broken());
            }
        }
        assertThat(Stream.of(Broken.values()).filter(Broken::ofCluster)).allMatch(caught::contains);
    }
}
