package org.sempervox.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.simulation.story.Line;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.chaos.simulation.story.StoryText;

class RandomStoriesTest {
    private static RandomStories.Result run(long seed, long steps) {
        return new RandomStories(seed, Broken.NONE, line -> {}).run(steps, Long.MAX_VALUE);
    }

    @Test
    void soundBuildHoldsInRandomStories() {
        RandomStories.Result result = run(5, 300_000);
        assertThat(result.violations()).as("story " + result.failed()).isEmpty();
        assertThat(result.steps()).isGreaterThanOrEqualTo(300_000);
    }

    @Test
    void equalSeedsGiveEqualDigestsAndOthersDoNot() {
        String digest = run(7, 40_000).digest();
        assertThat(digest).hasSize(64).isEqualTo(run(7, 40_000).digest());
        assertThat(run(8, 40_000).digest()).isNotEqualTo(digest);
    }

    @Test
    void randomStoryIsReadAsItWasWritten() {
        for (long number = 0; number < 200; number++) {
            Story story = RandomStories.story(RandomStories.storySeed(3, number));
            assertThat(StoryText.parse(StoryText.print(story))).isEqualTo(story);
        }
    }

    /** What the sky does can be told packet by packet: that is what a story is shortened by. */
    @Test
    void misfortunesToldOneByOneGiveTheSameStory() {
        long seed = LongStream.range(0, 50)
                .map(number -> RandomStories.storySeed(9, number))
                .filter(one -> !RandomStories.story(one).all(Line.Sky.class).isEmpty())
                .findFirst()
                .orElseThrow();
        Story story = RandomStories.story(seed);
        StoryRun.Outcome drawn = StoryRun.tell(story, Broken.NONE);
        var lines = new java.util.ArrayList<Line>();
        for (Line line : story.lines()) {
            lines.add(line instanceof Line.Sky sky ? new Line.Sky(0, 0, 0, sky.seed()) : line);
        }
        lines.addAll(drawn.suffered());
        assertThat(StoryRun.tell(story.with(lines), Broken.NONE).told()).isEqualTo(drawn.told());
    }

    @Test
    void failingStoryIsShortenedToAFewLines() {
        Broken broken = Broken.HANGS_UP_ON_TAKE_OVER;
        Story failing = LongStream.range(0, 200)
                .mapToObj(number -> RandomStories.story(RandomStories.storySeed(11, number)))
                .filter(story -> FailingStory.violates(story, broken, broken.caughtBy()))
                .findFirst()
                .orElseThrow();
        Story shortest = FailingStory.shrunk(failing, broken, broken.caughtBy());
        assertThat(Objects.requireNonNull(shortest).lines()).hasSizeLessThanOrEqualTo(30);
        assertThat(FailingStory.violates(shortest, broken, broken.caughtBy())).isTrue();
    }
}
