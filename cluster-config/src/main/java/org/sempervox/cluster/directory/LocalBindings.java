package org.sempervox.cluster.directory;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sempervox.core.extension.PublishedBinding;

/** What this node knows, for any thread. */
final class LocalBindings {
    private record Known(long version, List<PublishedBinding> bindings) {}

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private volatile Set<String> stored = Set.of();

    /** An older version than the known one is dropped. */
    void learn(String extension, DirectoryEntry entry) {
        var before = known.get(extension);
        if (before == null || before.version() < entry.version()) {
            var news = new Known(entry.version(), entry.published());
            known.merge(extension, news, (old, now) -> old.version() < now.version() ? now : old);
            if (before == null) {
                arrived(extension);
            }
        }
    }

    private void arrived(String extension) {
        CompletableFuture<Void> waiting = awaited.remove(extension);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Extensions that have bindings in the store, whether or not a node has told them yet. */
    void stored(Collection<String> extensions) {
        stored = Set.copyOf(extensions);
    }

    /** Has bindings in the store that nobody has told this node yet. */
    boolean asleep(String extension) {
        return !knows(extension) && stored.contains(extension);
    }

    /** Done once the extension is not {@link #asleep}. */
    CompletableFuture<Void> awake(String extension) {
        if (!asleep(extension)) {
            return NOW;
        }
        CompletableFuture<Void> waiting = awaited.computeIfAbsent(extension, _ -> new CompletableFuture<>());
        if (knows(extension)) {
            arrived(extension);
            waiting.complete(null);
        }
        return waiting;
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
