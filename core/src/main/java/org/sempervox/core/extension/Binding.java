package org.sempervox.core.extension;

import java.time.Instant;
import org.sempervox.core.sip.Flow;

/**
 * One stored binding of an address of record (RFC 3261 §10).
 *
 * @param instance and {@code regId}: RFC 5626 §6; empty and 0 if the phone gave none
 * @param callId of the REGISTER that was stored, with {@code cseq}
 * @param expiresSeconds as granted
 * @param since when it was added, or moved to another flow or contact
 * @param durableUntil it counts until then for a node that knows no later refresh (S26)
 */
public record Binding(
        String uri,
        double q,
        String instance,
        int regId,
        String callId,
        long cseq,
        int expiresSeconds,
        Instant since,
        Instant durableUntil,
        Flow flow) {
    /** What makes it the same binding again. */
    public String key() {
        return ContactKey.of(uri, instance, regId);
    }

    PublishedBinding published() {
        return new PublishedBinding(uri, q, since, durableUntil, flow);
    }
}
