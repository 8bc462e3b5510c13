package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.simulation.story.Line;
import org.sempervox.chaos.simulation.story.Shrinker;
import org.sempervox.chaos.simulation.story.Story;

/** A story that violates an invariant, made as short as it can be while it violates the same one. */
final class FailingStory {
    private static final int TRIALS = 6_000;

    private FailingStory() {}

    static Story shrunk(Story story, Broken broken, String invariant) {
        var shrinker = new Shrinker(candidate -> violates(candidate, broken, invariant), TRIALS);
        return shrinker.shrink(spelledOut(story, broken, invariant));
    }

    static boolean violates(Story story, Broken broken, String invariant) {
        return StoryRun.run(story, broken, new StepTrace()).violates(invariant);
    }

    /** What the sky did as lines, one for each packet: these can be taken away one by one. */
    private static Story spelledOut(Story story, Broken broken, String invariant) {
        if (story.all(Line.Sky.class).isEmpty()) {
            return story;
        }
        List<Line.Fate> suffered = StoryRun.tell(story, broken).suffered();
        var clear = new ArrayList<Line>();
        var even = new ArrayList<Line>();
        for (Line line : story.lines()) {
            if (line instanceof Line.Sky sky) {
                even.add(new Line.Sky(0, 0, 0, sky.seed()));
            } else {
                clear.add(line);
                even.add(line);
            }
        }
        clear.addAll(suffered);
        even.addAll(suffered);
        for (List<Line> lines : List.of(clear, even)) {
            Story told = story.with(lines);
            if (violates(told, broken, invariant)) {
                return told;
            }
        }
        return story;
    }
}
