package org.sempervox.core.extension;

import java.time.Instant;
import java.util.Map;

/**
 * What an extension knows only as long as it is awake (S26): refreshes that were not worth a store. Empty after recovery; a binding
 * then counts until its {@link Binding#durableUntil()}.
 *
 * @param refreshes the latest refresh of a binding, by its key
 */
public record ExtensionMemory(Map<String, Refresh> refreshes) {
    public static final ExtensionMemory EMPTY = new ExtensionMemory(Map.of());

    public ExtensionMemory {
        refreshes = Map.copyOf(refreshes);
    }

    record Refresh(Instant expiresAt, String callId, long cseq) {}
}
