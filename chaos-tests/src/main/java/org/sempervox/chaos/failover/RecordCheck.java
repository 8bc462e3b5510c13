package org.sempervox.chaos.failover;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether each call left exactly one record that says what its phones saw. */
final class RecordCheck {
    private static final long TOLERANCE_MS = 1000;
    /** A cluster that has just started, or whose store is back, ends a call in steps that take longer. */
    private static final long PATIENT_MS = 3000;

    private static final Duration TAKE_OVER = Duration.ofSeconds(4);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final Map<String, List<JsonNode>> byCaller;

    RecordCheck(Collection<JsonNode> records) {
        byCaller = records.stream()
                .collect(Collectors.groupingBy(record -> record.path("caller").asText()));
    }

    /** What is wrong; empty if all is right. */
    Optional<String> fault(Scene scene) {
        List<JsonNode> mine = byCaller.getOrDefault(scene.callerNumber(), List.of());
        if (mine.size() != 1) {
            return Optional.of(mine.size() + " records");
        }
        JsonNode record = mine.getFirst();
        String ender = scene.ender.name().toLowerCase(Locale.ROOT);
        String wrong = "";
        wrong += differs(record, "called", scene.calleeNumber());
        wrong += differs(record, "connected", scene.calleeNumber());
        wrong += differs(record, "endedBy", ender);
        wrong += differs(record, "sipCause", "200");
        wrong += differs(record, "q850Cause", "16");
        if (!scene.talkTime()
                .plausible(
                        record.path("durationMs").asLong(),
                        scene.patient ? PATIENT_MS : TOLERANCE_MS,
                        scene.patient ? OUTAGE : TAKE_OVER)) {
            wrong += " durationMs " + record.path("durationMs") + ", at the phones " + scene.talkTime();
        }
        if (record.path("answerAt").isNull()
                || record.path("startAt")
                                .asText()
                                .compareTo(record.path("answerAt").asText())
                        > 0
                || record.path("answerAt")
                                .asText()
                                .compareTo(record.path("endAt").asText())
                        > 0) {
            wrong += " times out of order";
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of("wrong record:" + wrong + " in " + record);
    }

    private static String differs(JsonNode record, String field, String expected) {
        String found = record.path(field).asText();
        return found.equals(expected) ? "" : " " + field + " " + found + ", expected " + expected;
    }
}
