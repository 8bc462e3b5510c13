package org.sempervox.core.extension;

import java.time.Instant;

/** What may be asked of an extension. Never stored. */
public sealed interface ExtensionCommand {
    /** Stamped by the shell. */
    Instant at();

    record Register(Instant at, RegisterRequest request) implements ExtensionCommand {}

    /** A slot for a call (S7); {@code limit} 0 for no limit. */
    record ReserveSlot(Instant at, String call, int limit) implements ExtensionCommand {}

    record ReleaseSlot(Instant at, String call) implements ExtensionCommand {}
}
