package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Grows while a checker looks; the worst that was said stands: failed before unknown before good. */
final class Opinion {
    private static final int MOST_REASONS = 12;

    private final Map<String, String> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private boolean looked = true;

    void figure(String name, long value) {
        figures.put(name, Long.toString(value));
    }

    void milliseconds(String name, double value) {
        figures.put(name, String.format(Locale.ROOT, "%.0f ms", value));
    }

    void text(String name, String value) {
        figures.put(name, value);
    }

    void fails(String why) {
        failures.add(why);
    }

    void unknown(String why) {
        doubts.add(why);
    }

    /** The run did not look at it. */
    void notLookedAt(String why) {
        looked = false;
        doubts.add(why);
    }

    Finding of(Checker checker) {
        Judged judged = !failures.isEmpty()
                ? Judged.FAIL
                : !looked ? Judged.NOT_LOOKED_AT : !doubts.isEmpty() ? Judged.UNKNOWN : Judged.PASS;
        return new Finding(checker.name(), checker.question(), judged, figures, reasons());
    }

    private List<String> reasons() {
        var all = new ArrayList<>(failures);
        all.addAll(doubts);
        if (all.size() <= MOST_REASONS) {
            return all;
        }
        var first = new ArrayList<>(all.subList(0, MOST_REASONS));
        first.add("… and " + (all.size() - MOST_REASONS) + " more");
        return first;
    }
}
