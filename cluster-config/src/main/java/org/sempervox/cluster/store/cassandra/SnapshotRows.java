package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.store.SnapshotRange;
import org.sempervox.cluster.store.StoredSnapshot;

/** The rows of snapshots, newest first; an entity has a few only. */
final class SnapshotRows {
    private SnapshotRows() {}

    static CompletionStage<Void> save(Opened opened, StoredSnapshot snapshot) {
        return opened.change(opened.statements()
                .saveSnapshot
                .bind(
                        snapshot.id(),
                        snapshot.sequence(),
                        snapshot.at(),
                        snapshot.content().serializer(),
                        snapshot.content().manifest(),
                        ByteBuffer.wrap(snapshot.content().bytes())));
    }

    static CompletionStage<Optional<StoredSnapshot>> newest(Opened opened, String id, SnapshotRange range) {
        return in(opened, id, range).thenApply(found -> found.stream().findFirst());
    }

    static CompletionStage<Void> delete(Opened opened, String id, SnapshotRange range) {
        return in(opened, id, range).thenCompose(found -> {
            CompletionStage<Void> all = CompletableFuture.completedFuture(null);
            for (StoredSnapshot snapshot : found) {
                all = all.thenCompose(
                        _ -> opened.change(opened.statements().deleteSnapshot.bind(id, snapshot.sequence())));
            }
            return all;
        });
    }

    private static CompletionStage<List<StoredSnapshot>> in(Opened opened, String id, SnapshotRange range) {
        return opened.all(
                        opened.statements().snapshots.bind(id, range.fromSequence(), range.toSequence()),
                        row -> snapshot(id, row))
                .thenApply(all -> all.stream()
                        .filter(snapshot -> range.contains(snapshot.sequence(), snapshot.at()))
                        .toList());
    }

    private static StoredSnapshot snapshot(String id, Row row) {
        Instant at = Objects.requireNonNull(row.getInstant("taken_at"));
        return new StoredSnapshot(id, row.getLong("sequence_nr"), at, EventRows.content(row));
    }
}
