package org.sempervox.cluster.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An append that found its numbers taken: an attempt before it, whose answer was lost, may have stored the very same events (S22). */
public final class Repetition {
    private Repetition() {}

    /**
     * Why the append failed; empty if it is its own earlier attempt that was found.
     *
     * @param wanted events of one id
     * @param there what is stored of that id from the first of them on
     */
    public static Optional<RuntimeException> failure(List<StoredEvent> wanted, List<StoredEvent> there) {
        Map<Long, StoredEvent> stored =
                there.stream().collect(Collectors.toMap(StoredEvent::sequence, Function.identity()));
        for (StoredEvent event : wanted) {
            StoredEvent other = stored.get(event.sequence());
            if (other != null && !other.sameAs(event)) {
                return Optional.of(new RefusedAppend(event.id(), event.sequence(), other.writer()));
            }
        }
        return wanted.stream()
                .filter(event -> !stored.containsKey(event.sequence()))
                .findFirst()
                .map(gone -> new StoreUnavailable(
                        "the store: event " + gone.sequence() + " of " + gone.id() + " was there and is gone", null));
    }
}
