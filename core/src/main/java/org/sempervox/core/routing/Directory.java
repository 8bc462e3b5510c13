package org.sempervox.core.routing;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.core.extension.ExtensionSettings;

/** This node's copy of settings and bindings (S25): reading it is local, never blocks and works on any thread. */
public interface Directory {
    Optional<ExtensionSettings> settings(String extension);

    /**
     * When {@link #route} knows what there is to know of the number: at once, except for an extension that has slept since the whole
     * cluster stopped, which is woken. Fails after 2 s: ask again.
     */
    default CompletionStage<Void> known(String dialled) {
        return CompletableFuture.completedStage(null);
    }

    /** Limits of calls are not looked at here; the caller reserves slots. */
    Destination route(String dialled, Instant now);
}
