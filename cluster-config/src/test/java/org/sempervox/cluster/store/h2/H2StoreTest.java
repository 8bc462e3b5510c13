package org.sempervox.cluster.store.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoreContract;
import org.sempervox.cluster.store.StoreUnavailable;
import org.sempervox.cluster.store.StoredEvent;

class H2StoreTest extends StoreContract {
    private static final H2Limits SHORT = new H2Limits(Duration.ofSeconds(1), Duration.ofMillis(500), 100);

    @TempDir
    private Path folder;

    private EmbeddedStore server;
    private Store one;
    private Store other;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedStore.start(folder);
        one = new H2Store(server.settings(), H2Limits.STANDARD);
        other = new H2Store(server.settings(), H2Limits.STANDARD);
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        server.close();
    }

    @Override
    protected Store one() {
        return one;
    }

    @Override
    protected Store other() {
        return other;
    }

    @Test
    void eventsOfEndedCallsArePurgedAndRecordsStay() throws Exception {
        Instant start = Instant.parse("2026-01-02T03:04:05.678Z");
        for (String call : List.of("a", "b", "running")) {
            await(one.append(History.CALLS, List.of(event("Call|" + call))));
        }
        await(one.append(History.ENTITIES, List.of(event("Extension|a"))));
        await(one.store(record("a", start, 1)));
        await(one.store(record("b", start, 2)));
        assertThat(await(one.endedCalls()))
                .hasValueSatisfying(ended -> assertThat(ended.count()).isEqualTo(2));
        assertThat(await(one.purge(Duration.ofHours(1)))).isEqualTo(2);
        assertThat(await(one.endedCalls()))
                .hasValueSatisfying(ended -> assertThat(ended.count()).isZero());
        assertThat(await(one.purge(Duration.ofHours(1)))).isZero();
        assertThat(await(one.read(History.CALLS, "Call|a", 1))).isEmpty();
        assertThat(await(one.read(History.CALLS, "Call|running", 1))).hasSize(1);
        assertThat(await(one.read(History.ENTITIES, "Extension|a", 1))).hasSize(1);
        one.close();
        other.close();
        server.close();
        try (Connection stopped = EmbeddedStore.openStopped(folder)) {
            assertThat(RecordTable.since(stopped, Instant.EPOCH)).hasSize(2);
        }
        server = EmbeddedStore.start(folder);
        one = new H2Store(server.settings(), H2Limits.STANDARD);
        assertThat(await(one.all())).hasSize(2);
    }

    /** Somebody emptied both tables while nodes ran. */
    @Test
    void credentialsWithoutAKeyAreRefused() throws Exception {
        assertThatThrownBy(() -> await(one.putCredential(new SealedCredential("1000", "key", "c2VhbGVk"), "a")))
                .hasMessageContaining("belongs to no key");
        assertThatThrownBy(() -> await(one.removeCredential("1000", "b"))).hasMessageContaining("belongs to no key");
        assertThat(await(one.credentials())).isEmpty();
        assertThat(await(one.claimCredentialKey("another"))).isEqualTo("another");
    }

    /** Decision 10: the statements for a key file that is lost. */
    @Test
    void emptiedTablesBelongToTheNextKey() throws Exception {
        await(one.claimCredentialKey("lost"));
        await(one.putCredential(new SealedCredential("1000", "lost", "c2VhbGVk"), "a"));
        one.close();
        other.close();
        server.close();
        try (Connection stopped = EmbeddedStore.openStopped(folder);
                var statement = stopped.createStatement()) {
            statement.execute("TRUNCATE TABLE credential");
            statement.execute("TRUNCATE TABLE credential_mark");
        }
        server = EmbeddedStore.start(folder);
        one = new H2Store(server.settings(), H2Limits.STANDARD);
        assertThat(await(one.claimCredentialKey("another"))).isEqualTo("another");
        assertThat(await(one.credentials())).isEmpty();
        var credential = new SealedCredential("1000", "another", "c2VhbGVk");
        await(one.putCredential(credential, "b"));
        assertThat(await(one.credentials())).containsExactly(credential);
    }

    /** S28. */
    @Test
    void aSilentDatabaseFailsAppendsInTimeAndIsUsedAgainWhenItIsBack() throws Exception {
        try (var proxy = new StallingProxy(server.settings().port());
                Store behind = new H2Store(through(proxy), SHORT)) {
            StoredEvent event = event("Call|stalled");
            await(behind.append(History.CALLS, List.of(event("Call|first"))));
            proxy.stallAnswers();
            CompletableFuture<Void> lost =
                    behind.append(History.CALLS, List.of(event)).toCompletableFuture();
            assertThatThrownBy(() -> await(lost)).hasCauseInstanceOf(StoreUnavailable.class);
            proxy.stall();
            assertThatThrownBy(() -> await(behind.read(History.CALLS, event.id(), 1)))
                    .hasCauseInstanceOf(StoreUnavailable.class);
            proxy.resume();
            await(behind.append(History.CALLS, List.of(event)));
            assertThat(await(one.read(History.CALLS, event.id(), 1))).containsExactly(event);
        }
    }

    @Test
    void anAppendWhoseAnswerIsLostRecognisesItsOwnRow() throws Exception {
        var patient = new H2Limits(Duration.ofSeconds(20), Duration.ofSeconds(2), 10_000);
        try (var proxy = new StallingProxy(server.settings().port());
                Store behind = new H2Store(through(proxy), patient)) {
            await(behind.append(History.CALLS, List.of(event("Call|first"))));
            proxy.stallAnswers();
            // a thread that has no connection yet gets none now: the next append is taken by one that has
            var appends = new ArrayList<CompletableFuture<Void>>();
            while (lost(appends.size()) == 0) {
                StoredEvent event = event("Call|lost" + appends.size());
                appends.add(behind.append(History.CALLS, List.of(event)).toCompletableFuture());
            }
            proxy.cut();
            proxy.resume();
            for (CompletableFuture<Void> append : appends) {
                await(append);
            }
            assertThat(lost(appends.size())).isEqualTo(appends.size());
        }
    }

    private int lost(int appended) throws Exception {
        int found = 0;
        for (int i = 0; i < appended; i++) {
            found += await(one.read(History.CALLS, "Call|lost" + i, 1)).size();
        }
        return found;
    }

    @Test
    void moreThanMayWaitIsRefusedAtOnce() throws Exception {
        try (var proxy = new StallingProxy(server.settings().port());
                Store behind =
                        new H2Store(through(proxy), new H2Limits(Duration.ofSeconds(2), Duration.ofSeconds(1), 3))) {
            proxy.stall();
            CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 80; i++) {
                last = behind.append(History.CALLS, List.of(event("Call|" + i))).toCompletableFuture();
            }
            assertThat(last).isCompletedExceptionally();
            CompletableFuture<Void> refused = last;
            assertThatThrownBy(() -> await(refused)).hasMessageContaining("3 appends wait");
        }
    }

    @Test
    void aFolderFromBeforeThisSchemaIsTakenOver() throws Exception {
        Path old = folder.resolve("old");
        EmbeddedStore.start(old).close();
        try (Connection connection = EmbeddedStore.openStopped(old);
                Statement statement = connection.createStatement()) {
            for (String table : List.of("event", "snapshot", "beat", "schema_version")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("RUNSCRIPT FROM 'classpath:org/sempervox/cluster/store/pekko-persistence-jdbc.sql'");
        }
        try (EmbeddedStore upgraded = EmbeddedStore.start(old);
                Store store = new H2Store(upgraded.settings(), H2Limits.STANDARD)) {
            assertThat(await(store.read(History.CALLS, "Call|old", 1)))
                    .containsExactly(new StoredEvent("Call|old", 1, "w", content("old"), Instant.ofEpochMilli(1234)));
        }
        EmbeddedStore.start(old).close();
    }

    @Test
    void aFolderOfALaterVersionIsRefused() throws Exception {
        Path later = folder.resolve("later");
        EmbeddedStore.start(later).close();
        try (Connection connection = EmbeddedStore.openStopped(later);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_version VALUES (99)");
        }
        assertThatThrownBy(() -> EmbeddedStore.start(later))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("version 99");
        EmbeddedStore.openStopped(later).close();
    }

    @Test
    void aWrongPasswordFailsAtOnce() {
        var wrong = new StoreSettings.Embedded(
                server.settings().host(), server.settings().port(), "wrong");
        try (Store store = new H2Store(wrong, H2Limits.STANDARD)) {
            assertThatThrownBy(() -> await(store.all()))
                    .cause()
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageNotContaining("\"wrong\"");
        }
    }

    private StoreSettings.Embedded through(StallingProxy proxy) {
        return new StoreSettings.Embedded(
                server.settings().host(), proxy.port(), server.settings().password());
    }

    private static StoredEvent event(String id) {
        return new StoredEvent(id, 1, "w", content("x"), Instant.ofEpochMilli(1234));
    }
}
