package org.sempervox.cluster.store.cassandra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

/** A Cassandra cluster. Connects in the background; makes what tables it needs. */
public final class CassandraStore implements Store {
    private final CassandraLimits limits;
    private final Opening opening;
    private final Attempts attempts;

    public CassandraStore(StoreSettings.Cassandra settings, CassandraLimits limits) {
        this.limits = limits;
        this.attempts = new Attempts(limits);
        this.opening = Opening.begin(settings, limits);
    }

    /** The first event is found by its index before it is there: what is indexed in vain is found to be nothing. */
    @Override
    public CompletionStage<Void> append(History history, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        StoredEvent first = events.getFirst();
        if (first.sequence() > 1) {
            return ask(opened -> EventRows.append(opened, history, events));
        }
        return ask(opened ->
                index(opened, history, first).thenAcceptBoth(EventRows.append(opened, history, events), (_, _) -> {}));
    }

    @Override
    public CompletionStage<List<StoredEvent>> read(History history, String id, long from) {
        return ask(opened -> EventRows.from(opened, history, id, from));
    }

    @Override
    public CompletionStage<Void> delete(History history, String id, long upTo) {
        return ask(opened -> opened.all(opened.statements().newest.bind(id), row -> row.getLong("sequence_nr"))
                .thenCompose(newest -> newest.isEmpty()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : opened.change(opened.statements().delete.bind(id, Math.min(upTo, newest.getFirst() - 1)))));
    }

    @Override
    public CompletionStage<Void> save(StoredSnapshot snapshot) {
        return ask(opened -> SnapshotRows.save(opened, snapshot));
    }

    @Override
    public CompletionStage<Optional<StoredSnapshot>> snapshot(String id, SnapshotRange range) {
        return ask(opened -> SnapshotRows.newest(opened, id, range));
    }

    @Override
    public CompletionStage<Void> deleteSnapshots(String id, SnapshotRange range) {
        return ask(opened -> SnapshotRows.delete(opened, id, range));
    }

    @Override
    public CompletionStage<Void> store(CallRecord record) {
        String json;
        try {
            json = RecordJson.write(record);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        return ask(opened -> RecordRows.store(opened, record, json)
                .thenCompose(_ -> CallIndex.ended(opened, record.id(), Instant.now())));
    }

    @Override
    public CompletionStage<List<JsonNode>> since(Instant from) {
        return ask(opened -> RecordRows.since(opened, from));
    }

    /** Events of calls have a lifetime of their own. */
    @Override
    public CompletionStage<Integer> purge(Duration retention) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<Optional<EndedCalls>> endedCalls() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<List<String>> entities(String type) {
        return ask(opened -> opened.all(
                opened.statements().entities.bind(type), row -> Objects.requireNonNull(row.getString("id"))));
    }

    @Override
    public CompletionStage<List<String>> unfinishedCalls() {
        return ask(opened -> CallIndex.unfinished(opened, limits));
    }

    @Override
    public CompletionStage<Void> beat(String node, Instant at) {
        return ask(opened -> opened.change(opened.statements().beat.bind(node, at)));
    }

    @Override
    public CompletionStage<Optional<Instant>> lastBeat() {
        return ask(opened -> opened.all(
                        opened.statements().beats.bind(), row -> Objects.requireNonNull(row.getInstant("beat_at")))
                .thenApply(beats -> beats.stream().max(Instant::compareTo)));
    }

    @Override
    public CompletionStage<Void> stoodStill(Instant aliveAt) {
        return ask(opened -> opened.change(opened.statements().stoodStill.bind(aliveAt)));
    }

    @Override
    public CompletionStage<Optional<Instant>> lastStandstill() {
        return ask(opened -> opened.all(
                        opened.statements().standstill.bind(), row -> Objects.requireNonNull(row.getInstant("beat_at")))
                .thenApply(found -> found.stream().findFirst()));
    }

    @Override
    public CompletionStage<String> claimCredentialKey(String keyId) {
        return ask(opened -> CredentialRows.claim(opened, keyId));
    }

    @Override
    public CompletionStage<Mark> credentialMark() {
        return ask(CredentialRows::mark);
    }

    @Override
    public CompletionStage<List<SealedCredential>> credentials() {
        return ask(CredentialRows::all);
    }

    @Override
    public CompletionStage<Void> putCredential(SealedCredential credential, String change) {
        return ask(opened -> CredentialRows.put(opened, credential, change));
    }

    @Override
    public CompletionStage<Void> removeCredential(String number, String change) {
        return ask(opened -> CredentialRows.remove(opened, number, change));
    }

    @Override
    public void close() {
        opening.close();
    }

    private static CompletionStage<Void> index(Opened opened, History history, StoredEvent first) {
        int bar = first.id().indexOf('|');
        String type = first.id().substring(0, Math.max(0, bar));
        String id = first.id().substring(bar + 1);
        return switch (history) {
            case CALLS -> CallIndex.placed(opened, id, first.at());
            case ENTITIES -> opened.change(opened.statements().entity.bind(type, id));
        };
    }

    private <T> CompletionStage<T> ask(Function<Opened, CompletionStage<T>> work) {
        return attempts.run(() -> opening.within(limits.patience()).thenCompose(work));
    }
}
