package org.sempervox.core.routing;

import java.time.Instant;
import java.util.Optional;
import org.sempervox.core.extension.ExtensionSettings;

/** This node's copy of settings and bindings (S25): reading it is local, never blocks and works on any thread. */
public interface Directory {
    Optional<ExtensionSettings> settings(String extension);

    /** Limits of calls are not looked at here; the caller reserves slots. */
    Destination route(String dialled, Instant now);
}
