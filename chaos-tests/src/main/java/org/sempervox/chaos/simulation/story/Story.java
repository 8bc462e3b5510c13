package org.sempervox.chaos.simulation.story;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that decides how a simulated world goes; a story without one of its lines is a story too.
 *
 * @param nodes nodes that carry calls, 2 or 3; with two, a witness is the third vote
 */
public record Story(int nodes, List<Line> lines) {
    public Story {
        lines = List.copyOf(lines);
    }

    /** The lines of one kind, in their order. */
    public <T extends Line> List<T> all(Class<T> kind) {
        var found = new ArrayList<T>();
        for (Line line : lines) {
            if (kind.isInstance(line)) {
                found.add(kind.cast(line));
            }
        }
        return found;
    }

    /** When the last of it has happened, in milliseconds from the start. */
    public int end() {
        int end = 0;
        for (Line line : lines) {
            end = Math.max(end, line.until());
        }
        return end;
    }

    public Story with(List<Line> others) {
        return new Story(nodes, others);
    }
}
