package org.sempervox.core.extension;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is stored of an extension: there is only one phase.
 *
 * @param bindings by {@link Binding#key()}, in order of arrival; at most ten count at any time
 * @param removals latest last, those of the last minute
 * @param slots ids of the calls that hold a slot (S7)
 */
public record ExtensionState(Map<String, Binding> bindings, List<Removal> removals, Set<String> slots) {
    public static final ExtensionState EMPTY = new ExtensionState(Map.of(), List.of(), Set.of());

    public ExtensionState {
        bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
        removals = List.copyOf(removals);
        slots = Collections.unmodifiableSet(new LinkedHashSet<>(slots));
    }

    /** A binding that its phone has removed. */
    public record Removal(String key, String callId, long cseq, Instant at) {}

    /** All stored bindings as other nodes see them. */
    public List<PublishedBinding> published() {
        return bindings.values().stream().map(Binding::published).toList();
    }
}
