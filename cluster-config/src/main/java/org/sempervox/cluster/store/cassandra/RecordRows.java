package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.cdr.CallRecord;

/** The rows of call records, a partition for each day on which calls started. */
final class RecordRows {
    private RecordRows() {}

    static CompletionStage<Void> store(Opened opened, CallRecord record, String json) {
        LocalDate day = day(record.startAt());
        return opened.change(opened.statements().recordDay.bind(day))
                .thenCompose(
                        _ -> opened.change(opened.statements().record.bind(day, record.startAt(), record.id(), json)));
    }

    static CompletionStage<List<JsonNode>> since(Opened opened, Instant from) {
        return opened.all(opened.statements().recordDays.bind(day(from)), RecordRows::day)
                .thenCompose(days -> {
                    CompletionStage<List<JsonNode>> all = CompletableFuture.completedFuture(new ArrayList<>());
                    for (LocalDate day : days) {
                        all = all.thenCompose(
                                so -> opened.all(opened.statements().recordsOf.bind(day, from), RecordRows::json)
                                        .thenApply(more -> {
                                            so.addAll(more);
                                            return so;
                                        }));
                    }
                    return all;
                });
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static LocalDate day(Row row) {
        return Objects.requireNonNull(row.getLocalDate("day"));
    }

    private static JsonNode json(Row row) {
        try {
            return RecordJson.read(Objects.requireNonNull(row.getString("json")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a call record is not JSON", e);
        }
    }
}
