package org.sempervox.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.sempervox.chaos.cluster.ClusterProcess;

/**
 * Calls whose events are in the journal after their end.
 *
 * @param counted false where the store lets events go by their age and cannot say how many there are
 * @param oldestS seconds since the end of the oldest; 0 with none
 */
record JournalRows(boolean counted, long endedCalls, long oldestS, long retentionS) {
    /** Between two purges, and for one to get through. */
    private static final Duration LATE = Duration.ofSeconds(60);

    static final JournalRows UNKNOWN = new JournalRows(false, 0, 0, 0);

    /** From any node that answers. */
    static JournalRows of(ClusterProcess cluster) throws IOException {
        return cluster.pages("/journal").values().stream()
                .filter(page -> page.path("retentionSeconds").isNumber())
                .findFirst()
                .map(JournalRows::of)
                .orElse(UNKNOWN);
    }

    private static JournalRows of(JsonNode page) {
        return new JournalRows(
                page.has("endedCalls"),
                page.path("endedCalls").asLong(),
                page.path("oldestEndedSeconds").asLong(),
                page.path("retentionSeconds").asLong());
    }

    boolean withinRetention() {
        return oldestS <= retentionS + LATE.toSeconds();
    }

    String words() {
        return counted
                ? "%d ended calls, the oldest for %d s (kept for %d s)".formatted(endedCalls, oldestS, retentionS)
                : "not counted: the store lets events go by their age";
    }
}
