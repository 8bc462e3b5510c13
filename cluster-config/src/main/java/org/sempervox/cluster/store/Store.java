package org.sempervox.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sempervox.core.cdr.CallRecords;

/**
 * What a node keeps. Nothing here blocks. Work that the store cannot do is tried again for some seconds, then its stage fails with
 * {@link StoreUnavailable}; stages complete on the store's threads, which must not be held up.
 */
public interface Store extends CallRecords, CredentialStore, AutoCloseable {
    /** Prefix of the persistence ids of calls. */
    String CALL = "Call|";

    /**
     * Stores events of one id, all or none. An event of that number by another writer, or another one by the same, fails it with
     * {@link RefusedAppend} (S22); the very same events again succeed.
     */
    CompletionStage<Void> append(History history, List<StoredEvent> events);

    /**
     * Events from that number on, in order, with everything whose append has succeeded. An append of somebody else that is under way may
     * succeed later; then the reader's own next one is refused.
     */
    CompletionStage<List<StoredEvent>> read(History history, String id, long from);

    /** Deletes events up to that number, that one too, but never the newest: numbers go on from it. */
    CompletionStage<Void> delete(History history, String id, long upTo);

    /** Replaces one of the same number. */
    CompletionStage<Void> save(StoredSnapshot snapshot);

    /** The newest of them. */
    CompletionStage<Optional<StoredSnapshot>> snapshot(String id, SnapshotRange range);

    CompletionStage<Void> deleteSnapshots(String id, SnapshotRange range);

    /** Records of calls that started then or later, oldest first. */
    CompletionStage<List<JsonNode>> since(Instant from);

    default CompletionStage<List<JsonNode>> all() {
        return since(Instant.EPOCH);
    }

    /** Deletes the events of some calls that ended longer ago; how many calls. 0 where they leave by themselves. */
    CompletionStage<Integer> purge(Duration retention);

    /** What a purge has left; empty where events leave by themselves. */
    CompletionStage<Optional<EndedCalls>> endedCalls();

    /** Entities of that type that ever stored something, without the type. */
    CompletionStage<List<String>> entities(String type);

    /** Calls that have events and no record: they were not ended when everything stopped (S29). */
    CompletionStage<List<String>> unfinishedCalls();

    /** A node says that the cluster lives. */
    CompletionStage<Void> beat(String node, Instant at);

    /** The last time any node said so. */
    CompletionStage<Optional<Instant>> lastBeat();

    /** All nodes were dead at once after that time (S29); an earlier one is forgotten. */
    CompletionStage<Void> stoodStill(Instant aliveAt);

    /** When the cluster was alive before it last stood still; empty if it never did. */
    CompletionStage<Optional<Instant>> lastStandstill();

    @Override
    void close();
}
