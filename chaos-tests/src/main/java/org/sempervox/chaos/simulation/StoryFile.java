package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.chaos.simulation.story.StoryText;

/**
 * A story that is kept, with what it is kept for.
 *
 * @param broken the build that it is told with
 * @param violates the invariant that it violates; empty if it must violate none
 */
record StoryFile(Broken broken, String violates, Story story) {
    private static final String BROKEN = "broken ";
    private static final String VIOLATES = "violates ";

    List<String> print() {
        var text = new ArrayList<String>();
        if (broken != Broken.NONE) {
            text.add(BROKEN + broken.text());
        }
        if (!violates.isEmpty()) {
            text.add(VIOLATES + violates);
        }
        text.addAll(StoryText.print(story));
        return text;
    }

    /** Throws {@link IllegalArgumentException} with the line that it does not understand. */
    static StoryFile parse(List<String> text) {
        Broken broken = Broken.NONE;
        String violates = "";
        var rest = new ArrayList<String>();
        for (String line : text) {
            if (line.startsWith(BROKEN)) {
                broken = Broken.of(line.substring(BROKEN.length()).strip());
            } else if (line.startsWith(VIOLATES)) {
                violates = line.substring(VIOLATES.length()).strip();
            } else {
                rest.add(line);
            }
        }
        return new StoryFile(broken, violates, StoryText.parse(rest));
    }
}
