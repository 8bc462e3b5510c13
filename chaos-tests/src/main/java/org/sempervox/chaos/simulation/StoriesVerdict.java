package org.sempervox.chaos.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict on a run of random stories as JSON. */
final class StoriesVerdict {
    private StoriesVerdict() {}

    static String json(long seed, Broken broken, RandomStories.Result result, @Nullable StoryFile shortest) {
        var text = new StringBuilder(512);
        text.append("{\"seed\":").append(seed);
        text.append(",\"crashEverywhere\":false");
        text.append(",\"broken\":").append(quoted(broken == Broken.NONE ? "" : broken.text()));
        text.append(",\"runs\":").append(result.stories());
        text.append(",\"steps\":").append(result.steps());
        text.append(",\"stepsPerSecond\":").append(result.perSecond());
        text.append(",\"digest\":").append(quoted(result.digest()));
        text.append(",\"violations\":[");
        String separator = "";
        for (Violation violation : result.violations()) {
            text.append(separator).append("{\"invariant\":").append(quoted(violation.invariant()));
            text.append(",\"detail\":").append(quoted(violation.detail()));
            text.append(",\"where\":")
                    .append(quoted("story " + result.failed()))
                    .append('}');
            separator = ",";
        }
        text.append("],\"story\":[");
        separator = "";
        for (String line : shortest == null ? List.<String>of() : shortest.print()) {
            text.append(separator).append(quoted(line));
            separator = ",";
        }
        return text.append("]}\n").toString();
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}
