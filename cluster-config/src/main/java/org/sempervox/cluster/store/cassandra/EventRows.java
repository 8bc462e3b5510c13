package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.data.ByteUtils;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.store.Content;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.Repetition;
import org.sempervox.cluster.store.StoredEvent;

/** The rows of events: appended on the condition that there is none (S22), read so that nothing undecided is left. */
final class EventRows {
    private EventRows() {}

    static CompletionStage<Void> append(Opened opened, History history, List<StoredEvent> events) {
        return opened.conditionally(statement(opened.statements().append(history), events))
                .thenCompose(applied ->
                        applied ? CompletableFuture.<Void>completedFuture(null) : settle(opened, history, events));
    }

    static CompletionStage<List<StoredEvent>> from(Opened opened, History history, String id, long sequence) {
        return opened.all(opened.statements().read(history).bind(id, sequence), EventRows::event);
    }

    private static CompletionStage<Void> settle(Opened opened, History history, List<StoredEvent> events) {
        StoredEvent first = events.getFirst();
        return from(opened, history, first.id(), first.sequence())
                .thenCompose(there -> Repetition.failure(events, there)
                        .map(CompletableFuture::<Void>failedFuture)
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private static Statement<?> statement(PreparedStatement insert, List<StoredEvent> events) {
        if (events.size() == 1) {
            return bound(insert, events.getFirst());
        }
        return BatchStatement.newInstance(
                        DefaultBatchType.UNLOGGED,
                        events.stream()
                                .<BatchableStatement<?>>map(event -> bound(insert, event))
                                .toList())
                .setExecutionProfileName(Profile.APPEND.name())
                .setIdempotent(true);
    }

    private static BoundStatement bound(PreparedStatement insert, StoredEvent event) {
        Content content = event.content();
        return insert.bind(
                event.id(),
                event.sequence(),
                event.writer(),
                content.serializer(),
                content.manifest(),
                ByteBuffer.wrap(content.bytes()),
                event.at());
    }

    private static StoredEvent event(Row row) {
        return new StoredEvent(
                row.getString("persistence_id"),
                row.getLong("sequence_nr"),
                row.getString("writer"),
                content(row),
                row.getInstant("written_at"));
    }

    static Content content(Row row) {
        return new Content(
                row.getInt("serializer"), row.getString("manifest"), ByteUtils.getArray(row.getByteBuffer("payload")));
    }
}
