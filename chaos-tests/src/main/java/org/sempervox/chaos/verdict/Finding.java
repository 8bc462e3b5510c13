package org.sempervox.chaos.verdict;

import java.util.List;
import java.util.Map;

/**
 * One checker's opinion.
 *
 * @param checker its name, for good
 * @param question what it asks, for people
 * @param figures what it measured, for people, in the order of importance
 * @param reasons why it is not green, the first ones; each names the call, node or address
 */
public record Finding(
        String checker, String question, Judged judged, Map<String, String> figures, List<String> reasons) {
    public Finding {
        figures = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(figures));
        reasons = List.copyOf(reasons);
    }
}
