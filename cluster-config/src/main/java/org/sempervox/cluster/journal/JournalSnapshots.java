package org.sempervox.cluster.journal;

import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.sempervox.cluster.store.SnapshotRange;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredSnapshot;
import scala.concurrent.Future;

/** Snapshot plugin over the node's store. */
public final class JournalSnapshots extends SnapshotStore {
    private final Store store = NodeStore.of(context().system());
    private final Contents contents = new Contents(context().system());

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String id, SnapshotSelectionCriteria criteria) {
        return Promised.of(store.snapshot(id, range(criteria)).thenApply(found -> found.map(this::selected)));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return Promised.of(store.save(new StoredSnapshot(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                Instant.ofEpochMilli(metadata.timestamp()),
                contents.content(snapshot))));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        long sequence = metadata.sequenceNr();
        return doDeleteAsync(
                metadata.persistenceId(), SnapshotSelectionCriteria.create(sequence, Long.MAX_VALUE, sequence, 0));
    }

    @Override
    public Future<Void> doDeleteAsync(String id, SnapshotSelectionCriteria criteria) {
        return Promised.of(store.deleteSnapshots(id, range(criteria)));
    }

    private SelectedSnapshot selected(StoredSnapshot found) {
        return SelectedSnapshot.create(
                new SnapshotMetadata(found.id(), found.sequence(), found.at().toEpochMilli()),
                contents.object(found.content()));
    }

    private static SnapshotRange range(SnapshotSelectionCriteria criteria) {
        return new SnapshotRange(
                criteria.minSequenceNr(),
                criteria.maxSequenceNr(),
                Instant.ofEpochMilli(criteria.minTimestamp()),
                Instant.ofEpochMilli(criteria.maxTimestamp()));
    }
}
