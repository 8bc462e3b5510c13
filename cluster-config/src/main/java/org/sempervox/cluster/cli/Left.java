package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;

/** What nodes say they still have, summed over their {@code /status} pages; all zero at rest. */
public record Left(long entities, long owed, long timers, long mediaSessions, long ports) {
    public static Left of(Collection<JsonNode> statuses) {
        long entities = 0;
        for (JsonNode status : statuses) {
            entities += status.path("entities").path("call").asLong();
        }
        return new Left(
                entities,
                sum(statuses, "owed"),
                sum(statuses, "timers"),
                sum(statuses, "mediaSessions"),
                sum(statuses, "ports"));
    }

    private static long sum(Collection<JsonNode> statuses, String field) {
        return statuses.stream()
                .map(status -> status.path(field))
                .mapToLong(figure -> figure.isContainerNode() ? figure.size() : figure.asLong())
                .sum();
    }

    public boolean atRest() {
        return entities == 0 && owed == 0 && timers == 0 && mediaSessions == 0 && ports == 0;
    }
}
