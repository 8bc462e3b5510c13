package org.sempervox.cluster.store.h2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.EndedCalls;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.cluster.store.SnapshotRange;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredEvent;
import org.sempervox.cluster.store.StoredSnapshot;
import org.sempervox.core.cdr.CallRecord;

/** The embedded database that a launcher hosts. Connects when it is first asked; both kinds of histories share a table. */
public final class H2Store implements Store {
    private static final int READERS = 4;
    private static final int OTHERS = 2;
    private static final int PURGE_BATCH = 100;

    private final H2Appends appends;
    private final H2Lane reads;
    private final H2Lane others;

    public H2Store(StoreSettings.Embedded settings, H2Limits limits) {
        this.appends = new H2Appends(settings, limits);
        this.reads = new H2Lane("read", READERS, settings, limits);
        this.others = new H2Lane("records", OTHERS, settings, limits);
    }

    @Override
    public CompletionStage<Void> append(History history, List<StoredEvent> events) {
        return appends.add(events);
    }

    @Override
    public CompletionStage<List<StoredEvent>> read(History history, String id, long from) {
        return reads.run(connection -> EventTable.from(connection, id, from));
    }

    @Override
    public CompletionStage<Void> delete(History history, String id, long upTo) {
        return change(connection -> EventTable.delete(connection, id, upTo));
    }

    @Override
    public CompletionStage<Void> save(StoredSnapshot snapshot) {
        return change(connection -> SnapshotTable.merge(connection, snapshot));
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(String id, SnapshotRange range) {
        return reads.run(connection -> SnapshotTable.newest(connection, id, range));
    }

    @Override
    public CompletionStage<Void> deleteSnapshots(String id, SnapshotRange range) {
        return change(connection -> SnapshotTable.delete(connection, id, range));
    }

    @Override
    public CompletionStage<Void> store(CallRecord record) {
        String json;
        try {
            json = RecordJson.write(record);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        return change(connection -> RecordTable.merge(connection, record, json));
    }

    @Override
    public CompletionStage<List<JsonNode>> since(Instant from) {
        return others.run(connection -> RecordTable.since(connection, from));
    }

    /** At most a hundred calls; one transaction per call, so that no lock lasts. */
    @Override
    public CompletionStage<Integer> purge(Duration retention) {
        Instant endedBefore = Instant.now().minus(retention);
        return others.run(connection -> {
            List<String> calls = RecordTable.purgeable(connection, endedBefore, PURGE_BATCH);
            for (String call : calls) {
                connection.transaction(own -> {
                    EventTable.deleteAll(own, CALL + call);
                    RecordTable.purged(own, call);
                    return true;
                });
            }
            return calls.size();
        });
    }

    @Override
    public CompletionStage<Optional<EndedCalls>> endedCalls() {
        return reads.run(connection -> Optional.of(RecordTable.ended(connection)));
    }

    @Override
    public CompletionStage<List<String>> entities(String type) {
        return reads.run(connection -> EventTable.idsOf(connection, type));
    }

    @Override
    public CompletionStage<List<String>> unfinishedCalls() {
        return reads.run(EventTable::callsWithoutRecord);
    }

    @Override
    public CompletionStage<Void> beat(String node, Instant at) {
        return change(connection -> BeatTable.merge(connection, node, at));
    }

    @Override
    public CompletionStage<Optional<Instant>> lastBeat() {
        return others.run(BeatTable::last);
    }

    @Override
    public CompletionStage<Void> stoodStill(Instant aliveAt) {
        return change(connection -> BeatTable.mergeStandstill(connection, aliveAt));
    }

    @Override
    public CompletionStage<Optional<Instant>> lastStandstill() {
        return others.run(BeatTable::standstill);
    }

    @Override
    public CompletionStage<String> claimCredentialKey(String keyId) {
        return others.run(connection -> CredentialRows.claim(connection, keyId));
    }

    @Override
    public CompletionStage<Mark> credentialMark() {
        return others.run(CredentialRows::mark);
    }

    @Override
    public CompletionStage<List<SealedCredential>> credentials() {
        return others.run(CredentialRows::all);
    }

    @Override
    public CompletionStage<Void> putCredential(SealedCredential credential, String change) {
        return change(connection -> CredentialRows.put(connection, credential, change));
    }

    @Override
    public CompletionStage<Void> removeCredential(String number, String change) {
        return change(connection -> CredentialRows.remove(connection, number, change));
    }

    @Override
    public void close() {
        appends.close();
        reads.close();
        others.close();
    }

    private CompletionStage<Void> change(Change change) {
        return others.run(connection -> {
                    change.run(connection);
                    return true;
                })
                .thenAccept(_ -> {});
    }

    @FunctionalInterface
    private interface Change {
        void run(H2Connection connection) throws SQLException;
    }
}
