package org.sempervox.cluster.journal;

import com.typesafe.config.Config;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.sempervox.cluster.store.BrokenHistory;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredEvent;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Journal plugin over the node's store; {@code history} in its configuration says which kind it keeps. A refused append fails the persist
 * (S22): the entity stops, and starts again from what is stored.
 *
 * <p>A recovery asks the store once: the events are read with the question for the highest number and kept for the replay that follows.
 */
public final class EventJournal extends AsyncWriteJournal {
    /** More recoveries at the same time than that read twice. */
    private static final int MOST_KEPT = 2_000;

    private final Store store;
    private final Contents contents;
    private final History history;
    private final Map<String, List<StoredEvent>> kept = new ConcurrentHashMap<>();

    public EventJournal(Config config) {
        this.store = NodeStore.of(context().system());
        this.contents = new Contents(context().system());
        this.history = config.getEnum(History.class, "history");
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        var stored = new ArrayList<Optional<Exception>>();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        for (AtomicWrite write : writes) {
            List<StoredEvent> events = events(write, now);
            kept.remove(write.persistenceId());
            all = stored.isEmpty()
                    ? store.append(history, events)
                    : all.thenCompose(_ -> store.append(history, events));
            stored.add(Optional.empty());
        }
        return Promised.of(all.thenApply(_ -> stored));
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String id, long upTo) {
        kept.remove(id);
        return Promised.of(store.delete(history, id, upTo));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
        return Promised.of(read(id, from + 1, Math.max(1, from)).thenApply(events -> {
            if (events.isEmpty()) {
                return 0L;
            }
            long highest = events.getLast().sequence();
            if (highest > from && kept.size() < MOST_KEPT) {
                kept.put(id, events);
            }
            return highest;
        }));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String id, long from, long to, long most, Consumer<PersistentRepr> replay) {
        List<StoredEvent> known = kept.remove(id);
        boolean enough = known != null
                && known.getFirst().sequence() <= from
                && known.getLast().sequence() >= to;
        CompletionStage<List<StoredEvent>> events =
                enough && known != null ? CompletableFuture.completedFuture(known) : read(id, from, from);
        return Promised.of(events.thenAccept(all -> all.stream()
                .filter(event -> event.sequence() >= from && event.sequence() <= to)
                .limit(most)
                .map(this::replayed)
                .forEach(replay)));
    }

    /** {@code next}: the first event that a recovery needs. */
    private CompletionStage<List<StoredEvent>> read(String id, long next, long from) {
        return store.read(history, id, from).thenApply(events -> {
            BrokenHistory.refuse(events, next);
            return events;
        });
    }

    private List<StoredEvent> events(AtomicWrite write, Instant now) {
        var events = new ArrayList<StoredEvent>();
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            events.add(new StoredEvent(
                    event.persistenceId(),
                    event.sequenceNr(),
                    event.writerUuid(),
                    contents.content(event.payload()),
                    now));
        }
        return events;
    }

    private PersistentRepr replayed(StoredEvent event) {
        return PersistentRepr.apply(
                        contents.object(event.content()),
                        event.sequence(),
                        event.id(),
                        PersistentRepr.Undefined(),
                        false,
                        ActorRef.noSender(),
                        event.writer())
                .withTimestamp(event.at().toEpochMilli());
    }
}
