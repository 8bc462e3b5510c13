package org.sempervox.cluster.directory;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sempervox.core.extension.PublishedBinding;

/** What this node knows, for any thread. */
final class LocalBindings {
    private record Known(long version, List<PublishedBinding> bindings) {}

    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

    /** An older version than the known one is dropped. */
    void learn(String extension, DirectoryEntry entry) {
        var before = known.get(extension);
        if (before == null || before.version() < entry.version()) {
            var news = new Known(entry.version(), entry.published());
            known.merge(extension, news, (old, now) -> old.version() < now.version() ? now : old);
        }
    }

    List<PublishedBinding> of(String extension) {
        var found = known.get(extension);
        return found == null ? List.of() : found.bindings();
    }

    boolean knows(String extension) {
        return known.containsKey(extension);
    }

    /** All extensions with their bindings, be they none. */
    void forEach(java.util.function.BiConsumer<String, List<PublishedBinding>> each) {
        known.forEach((extension, news) -> each.accept(extension, news.bindings()));
    }

    int size() {
        return known.size();
    }
}
