package org.sempervox.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sempervox.core.cdr.CallRecord;

/** What every store does alike. Ids are new in each test: one store may serve them all. */
public abstract class StoreContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final String entity = UUID.randomUUID().toString();
    private final String id = Store.CALL + entity;

    /** The store as one node sees it. */
    protected abstract Store one();

    /** The same as another node sees it. */
    protected abstract Store other();

    @ParameterizedTest
    @EnumSource
    void eventsAreReadAsTheyWereStored(History history) throws Exception {
        await(one().append(history, List.of(event(1, "a", "x"), event(2, "a", "y"))));
        await(one().append(history, List.of(event(3, "b", ""))));
        assertThat(await(other().read(history, id, 1)))
                .containsExactly(event(1, "a", "x"), event(2, "a", "y"), event(3, "b", ""));
        assertThat(await(other().read(history, id, 3))).containsExactly(event(3, "b", ""));
        assertThat(await(other().read(history, id, 4))).isEmpty();
        assertThat(await(other().read(history, id + "?", 1))).isEmpty();
    }

    /** S29. */
    @Test
    void aStandstillIsRemembered() throws Exception {
        await(one().stoodStill(NOW));
        await(one().stoodStill(NOW.plusSeconds(9)));
        assertThat(await(other().lastStandstill())).contains(NOW.plusSeconds(9));
    }

    /** S22. */
    @ParameterizedTest
    @EnumSource
    void theSecondWriterIsRefused(History history) throws Exception {
        await(one().append(history, List.of(event(1, "a", "x"))));
        await(other().append(history, List.of(event(2, "b", "y"))));
        refused(one().append(history, List.of(event(2, "a", "z"))), "event 2 ", "by b");
        refused(one().append(history, List.of(event(2, "a", "y"))), "event 2 ");
        refused(one().append(history, List.of(event(2, "b", "z"))), "event 2 ");
        assertThat(await(one().read(history, id, 1))).containsExactly(event(1, "a", "x"), event(2, "b", "y"));
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralEventsNoneIsStoredIfOneIsRefused(History history) throws Exception {
        await(one().append(history, List.of(event(2, "b", "y"))));
        refused(one().append(history, List.of(event(1, "a", "x"), event(2, "a", "z"))), "event 2 ");
        assertThat(await(one().read(history, id, 1))).containsExactly(event(2, "b", "y"));
    }

    @ParameterizedTest
    @EnumSource
    void whoRepeatsHisOwnAppendSucceeds(History history) throws Exception {
        List<StoredEvent> events = List.of(event(1, "a", "x"), event(2, "a", "y"));
        await(one().append(history, events));
        await(one().append(history, events));
        await(other().append(history, events.subList(1, 2)));
        assertThat(await(one().read(history, id, 1))).isEqualTo(events);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoAtTheSameTimeOneSucceeds(History history) throws Exception {
        for (int i = 1; i <= 20; i++) {
            var first = one().append(history, List.of(event(i, "a", "x"))).toCompletableFuture();
            var second = other().append(history, List.of(event(i, "b", "x"))).toCompletableFuture();
            boolean byFirst = succeeds(first);
            assertThat(succeeds(second)).isNotEqualTo(byFirst);
            assertThat(await(one().read(history, id, i))).containsExactly(event(i, byFirst ? "a" : "b", "x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheCulpritFailsAmongMany(History history) throws Exception {
        await(other().append(history, List.of(new StoredEvent(id + 57, 1, "b", content("there"), NOW))));
        var appends = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 300; i++) {
            var event = new StoredEvent(id + i, 1, "a", content("x"), NOW);
            appends.add(one().append(history, List.of(event)).toCompletableFuture());
        }
        for (int i = 0; i < 300; i++) {
            assertThat(succeeds(appends.get(i))).as("append " + i).isEqualTo(i != 57);
        }
        assertThat(await(one().read(history, id + 57, 1)).getFirst().writer()).isEqualTo("b");
    }

    @Test
    void whatNoSingleWriterCanHaveStoredIsNamed() throws Exception {
        await(one().append(History.CALLS, List.of(event(1, "a", "x"))));
        await(one().append(History.CALLS, List.of(event(3, "b", "x"), event(4, "a", "x"))));
        List<StoredEvent> events = await(one().read(History.CALLS, id, 1));
        assertThatThrownBy(() -> BrokenHistory.refuse(events, 1))
                .isInstanceOf(BrokenHistory.class)
                .hasMessage(id + ": event 2 is missing, 3 is there");
        await(one().append(History.CALLS, List.of(event(2, "a", "x"))));
        List<StoredEvent> mixed = await(one().read(History.CALLS, id, 1));
        assertThatThrownBy(() -> BrokenHistory.refuse(mixed, 1))
                .hasMessage(id + ": event 4 is by a, which had been replaced");
        assertThatThrownBy(() -> BrokenHistory.refuse(mixed.subList(1, 4), 1))
                .hasMessage(id + ": event 1 is missing, 2 is there");
        BrokenHistory.refuse(mixed.subList(0, 3), 1);
    }

    @Test
    void theNewestEventSurvivesDeletion() throws Exception {
        await(one().append(
                        History.ENTITIES,
                        List.of(event(1, "a", "x"), event(2, "a", "y"), event(3, "a", "z"), event(4, "a", "z"))));
        await(one().delete(History.ENTITIES, id, 2));
        assertThat(await(other().read(History.ENTITIES, id, 1)))
                .containsExactly(event(3, "a", "z"), event(4, "a", "z"));
        await(one().delete(History.ENTITIES, id, 100));
        assertThat(await(other().read(History.ENTITIES, id, 1))).containsExactly(event(4, "a", "z"));
    }

    @Test
    void snapshotsAreReplacedFoundAndDeleted() throws Exception {
        assertThat(await(one().snapshot(id, SnapshotRange.upTo(Long.MAX_VALUE))))
                .isEmpty();
        var first = new StoredSnapshot(id, 10, NOW, content("first"));
        var second = new StoredSnapshot(id, 20, NOW.plusSeconds(5), content("second"));
        await(one().save(new StoredSnapshot(id, 10, NOW.minusSeconds(5), content("draft"))));
        await(one().save(first));
        await(one().save(second));
        assertThat(await(other().snapshot(id, SnapshotRange.upTo(Long.MAX_VALUE))))
                .hasValue(second);
        assertThat(await(other().snapshot(id, SnapshotRange.upTo(19)))).hasValue(first);
        assertThat(await(other().snapshot(id, new SnapshotRange(0, 30, Instant.EPOCH, NOW))))
                .hasValue(first);
        assertThat(await(other().snapshot(id, SnapshotRange.upTo(9)))).isEmpty();
        await(one().deleteSnapshots(id, SnapshotRange.upTo(10)));
        assertThat(await(other().snapshot(id, SnapshotRange.upTo(19)))).isEmpty();
        assertThat(await(other().snapshot(id, SnapshotRange.upTo(Long.MAX_VALUE))))
                .hasValue(second);
    }

    /** S6. */
    @Test
    void aRecordIsThereOnceHoweverOftenItIsStored() throws Exception {
        Instant start = Instant.now().minusSeconds(90_000).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        await(one().store(record(entity, start, 1)));
        await(other().store(record(entity, start, 2)));
        await(one().store(record(entity + "later", start.plusSeconds(80_000), 3)));
        assertThat(records(Instant.EPOCH)).containsExactly(2L, 3L);
        assertThat(records(start)).containsExactly(2L, 3L);
        assertThat(records(start.plusMillis(1))).containsExactly(3L);
        assertThat(records(start.plusSeconds(80_001))).isEmpty();
        assertThat(own(await(one().all())).getFirst().path("startAt").asText()).isEqualTo(RecordJson.time(start));
    }

    /** S29. */
    @Test
    void callsWithoutARecordAreUnfinished() throws Exception {
        Instant now = Instant.now();
        for (String call : List.of("talking", "ended")) {
            var placed = new StoredEvent(
                    id + call, 1, "a", content("x"), now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
            await(one().append(History.CALLS, List.of(placed)));
        }
        await(one().store(record(entity + "ended", now, 1)));
        assertThat(await(other().unfinishedCalls()))
                .contains(entity + "talking")
                .doesNotContain(entity + "ended");
    }

    @Test
    void entitiesAreNamedByTheirType() throws Exception {
        String type = "T" + entity.replace("-", "");
        for (String name : List.of(type + "|1000", type + "|2000", type + "s|7", "Z" + type + "|1")) {
            await(one().append(History.ENTITIES, List.of(new StoredEvent(name, 1, "a", content("x"), NOW))));
            await(one().append(History.ENTITIES, List.of(new StoredEvent(name, 2, "a", content("x"), NOW))));
        }
        assertThat(await(other().entities(type))).containsExactlyInAnyOrder("1000", "2000");
    }

    @Test
    void theLastBeatIsThatOfAnyNode() throws Exception {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis()).plusSeconds(1_000);
        await(one().beat("n1", now));
        await(one().beat("n2", now.minusSeconds(7)));
        assertThat(await(other().lastBeat())).hasValue(now);
    }

    @Test
    void credentialsAreKeptForTheFirstKeyAndMarked() throws Exception {
        String claimed = await(one().claimCredentialKey("first"));
        assertThat(await(other().claimCredentialKey("second"))).isEqualTo(claimed);
        assertThat(await(other().credentialMark()).keyId()).contains(claimed);
        var credential = new SealedCredential(entity, claimed, "c2VhbGVk");
        var another = new SealedCredential(entity + "2", claimed, "b3RoZXI=");
        await(one().putCredential(new SealedCredential(entity, claimed, "ZHJhZnQ="), "draft"));
        await(one().putCredential(credential, "a"));
        await(one().putCredential(credential, "a"));
        await(other().putCredential(another, "b"));
        assertThat(await(one().credentialMark()).change()).isEqualTo("b");
        assertThat(await(other().credentials())).contains(credential, another).doesNotHaveDuplicates();
        await(other().removeCredential(entity, "c"));
        assertThat(await(one().credentialMark()).change()).isEqualTo("c");
        assertThat(await(one().credentials())).contains(another).doesNotContain(credential);
    }

    protected static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    protected static CallRecord record(String id, Instant start, long durationMs) {
        return new CallRecord(
                id,
                "",
                "default",
                "1000",
                "1001",
                "1001",
                start,
                null,
                start,
                start.plusMillis(durationMs),
                durationMs,
                200,
                16,
                "caller",
                List.of("n1"),
                false,
                null);
    }

    protected static Content content(String text) {
        return new Content(7, "m", text.getBytes(StandardCharsets.UTF_8));
    }

    protected static boolean succeeds(CompletionStage<?> append) throws Exception {
        try {
            await(append);
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(RefusedAppend.class);
            return false;
        }
    }

    private List<Long> records(Instant from) throws Exception {
        return own(await(one().since(from))).stream()
                .map(record -> record.path("durationMs").asLong())
                .toList();
    }

    private List<JsonNode> own(List<JsonNode> records) {
        return records.stream()
                .filter(record -> record.path("id").asText().startsWith(entity))
                .toList();
    }

    private StoredEvent event(long sequence, String writer, String text) {
        return new StoredEvent(id, sequence, writer, content(text), NOW.plus(Duration.ofSeconds(sequence)));
    }

    private static void refused(CompletionStage<Void> append, String... parts) {
        assertThatThrownBy(() -> await(append))
                .cause()
                .isInstanceOf(RefusedAppend.class)
                .hasMessageContainingAll(parts);
    }
}
