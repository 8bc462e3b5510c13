package org.sempervox.cluster.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoreContract;
import org.sempervox.cluster.store.StoreUnavailable;
import org.sempervox.cluster.store.StoredEvent;

@Tag("cluster")
class CassandraStoreIT extends StoreContract {
    @TempDir
    private static Path folder;

    private static CassandraServer server;
    private static Store one;
    private static Store other;

    @BeforeAll
    static void start() throws Exception {
        server = CassandraServer.start(folder, 1);
        one = server.open("contract", CassandraLimits.STANDARD);
        other = server.open("contract", CassandraLimits.STANDARD);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            one.close();
            other.close();
            server.close();
        }
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
    void eventsOfCallsLeaveByThemselvesAndOthersStay() throws Exception {
        await(one.append(History.CALLS, List.of(event("Call|leaving"))));
        await(one.append(History.ENTITIES, List.of(event("Extension|staying"))));
        assertThat(ttl("call_event", "Call|leaving"))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(600_000, 604_800));
        assertThat(ttl("entity_event", "Extension|staying")).isEmpty();
        assertThat(await(one.purge(Duration.ofHours(1)))).isZero();
    }

    @Test
    void nodesThatStartTogetherMakeOneSchema() throws Exception {
        String keyspace = "together_" + UUID.randomUUID().toString().substring(0, 8);
        var patient = new CassandraLimits(Duration.ofSeconds(90), Duration.ofSeconds(5), 100, Duration.ofDays(7));
        var stores = new ArrayList<Store>();
        for (int i = 0; i < 4; i++) {
            stores.add(new CassandraStore(server.settings(keyspace), patient));
        }
        for (int i = 0; i < stores.size(); i++) {
            patiently(stores.get(i).append(History.CALLS, List.of(event("Call|" + i))));
        }
        for (Store store : stores) {
            for (int i = 0; i < stores.size(); i++) {
                assertThat(await(store.read(History.CALLS, "Call|" + i, 1))).hasSize(1);
            }
            store.close();
        }
        try (CqlSession session = session()) {
            session.execute("INSERT INTO " + keyspace + ".schema_version (part, version) VALUES ('tables', 99)");
        }
        try (Store late = new CassandraStore(server.settings(keyspace), patient)) {
            assertThatThrownBy(() -> patiently(late.lastBeat())).hasMessageContaining("version 99");
        }
    }

    @Test
    void tablesOfAnOlderVersionAreUpgraded() throws Exception {
        String keyspace = "older_" + UUID.randomUUID().toString().substring(0, 8);
        try (Store first = server.open(keyspace, CassandraLimits.STANDARD)) {
            await(first.append(History.CALLS, List.of(event("Call|kept"))));
        }
        try (CqlSession session = session()) {
            for (String table : List.of("call_event", "snapshot")) {
                session.execute("ALTER TABLE " + keyspace + "." + table + " WITH speculative_retry = '99p'");
            }
            session.execute("INSERT INTO " + keyspace + ".schema_version (part, version) VALUES ('tables', 1)");
        }
        try (Store later = server.open(keyspace, CassandraLimits.STANDARD)) {
            assertThat(await(later.read(History.CALLS, "Call|kept", 1))).hasSize(1);
        }
        try (CqlSession session = session()) {
            var rules = session.execute(SimpleStatement.newInstance(
                            "SELECT speculative_retry FROM system_schema.tables WHERE keyspace_name = ?", keyspace))
                    .all();
            assertThat(rules)
                    .extracting(row -> row.getString(0))
                    .hasSizeGreaterThan(8)
                    .containsOnly("50ms");
        }
    }

    /** Somebody emptied both tables while nodes ran: no mark without a key may come of it, any key could claim it. */
    @Test
    void credentialsWithoutAKeyAreRefused() throws Exception {
        try (Store store = server.open("unclaimed", CassandraLimits.STANDARD)) {
            var credential = new SealedCredential("1000", "key", "c2VhbGVk");
            assertThatThrownBy(() -> await(store.putCredential(credential, "a")))
                    .hasMessageContaining("belongs to no key");
            assertThatThrownBy(() -> await(store.removeCredential("1000", "b")))
                    .hasMessageContaining("belongs to no key");
            try (CqlSession session = session()) {
                assertThat(session.execute("SELECT * FROM unclaimed.credential_mark")
                                .all())
                        .isEmpty();
            }
            assertThat(await(store.claimCredentialKey("another"))).isEqualTo("another");
        }
    }

    /** Decision 10: the statements for a key file that is lost. */
    @Test
    void emptiedTablesBelongToTheNextKey() throws Exception {
        try (Store store = server.open("emptied", CassandraLimits.STANDARD)) {
            await(store.claimCredentialKey("lost"));
            await(store.putCredential(new SealedCredential("1000", "lost", "c2VhbGVk"), "a"));
            try (CqlSession session = session()) {
                for (String table : List.of("credential", "credential_mark")) {
                    session.execute(SimpleStatement.newInstance("TRUNCATE TABLE emptied." + table)
                            .setTimeout(Duration.ofSeconds(30)));
                }
            }
            assertThat(await(store.credentials())).isEmpty();
            assertThat(await(store.claimCredentialKey("another"))).isEqualTo("another");
            var credential = new SealedCredential("1000", "another", "c2VhbGVk");
            await(store.putCredential(credential, "b"));
            assertThat(await(store.credentials())).containsExactly(credential);
            assertThat(await(store.credentialMark()).change()).isEqualTo("b");
        }
    }

    /** An hour ahead, then in step: the later change is the one that counts. */
    @Test
    void aChangeCountsWhateverTheClocksSay() throws Exception {
        try (Store store = server.open("clocks", CassandraLimits.STANDARD);
                CqlSession session = ClockAhead.session(server.settings("clocks"))) {
            await(store.claimCredentialKey("key"));
            var ahead = new Opened(session, new Statements(session, "clocks"));
            await(CredentialRows.put(ahead, new SealedCredential("1000", "key", "b2xk"), "ahead"));
            var later = new SealedCredential("1000", "key", "bmV3");
            await(store.putCredential(later, "in step"));
            assertThat(await(store.credentials())).containsExactly(later);
            assertThat(await(store.credentialMark()).change()).isEqualTo("in step");
            await(CredentialRows.put(ahead, new SealedCredential("1000", "key", "b2xk"), "ahead again"));
            await(store.removeCredential("1000", "removed"));
            assertThat(await(store.credentials())).isEmpty();
            assertThat(await(store.credentialMark()).change()).isEqualTo("removed");
            await(CredentialRows.remove(ahead, "1000", "removed ahead"));
            await(store.putCredential(later, "set again"));
            assertThat(await(store.credentials())).containsExactly(later);
        }
    }

    /** S28. */
    @Test
    void aFrozenCassandraFailsAppendsInTimeAndIsUsedAgainWhenItIsBack() throws Exception {
        var limits = new CassandraLimits(Duration.ofSeconds(2), Duration.ofMillis(800), 100, Duration.ofDays(7));
        StoredEvent event = event("Call|" + UUID.randomUUID());
        try (Store impatient = server.open("contract", limits)) {
            await(impatient.append(History.CALLS, List.of(event("Call|" + UUID.randomUUID()))));
            server.signal(0, "STOP");
            long begin = System.nanoTime();
            try {
                assertThatThrownBy(() -> await(impatient.append(History.CALLS, List.of(event))))
                        .hasCauseInstanceOf(StoreUnavailable.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            } finally {
                server.signal(0, "CONT");
            }
        }
        patiently(one.append(History.CALLS, List.of(event)));
        assertThat(await(one.read(History.CALLS, event.id(), 1))).containsExactly(event);
    }

    @Test
    void whoAsksBeforeCassandraAnswersWaitsInVainButNotForEver() {
        var nobody = new StoreSettings.Cassandra(
                List.of(java.net.InetSocketAddress.createUnresolved("127.0.0.1", 1)),
                "datacenter1",
                "contract",
                1,
                Optional.empty(),
                Optional.empty());
        var limits = new CassandraLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 100, Duration.ofDays(7));
        try (Store store = new CassandraStore(nobody, limits)) {
            assertThatThrownBy(() -> await(store.lastBeat())).hasCauseInstanceOf(StoreUnavailable.class);
        }
    }

    /** Tables take some seconds on a busy machine, more than the patience of one request. */
    private static <T> T patiently(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(90, TimeUnit.SECONDS);
    }

    private static Optional<Integer> ttl(String table, String id) {
        try (CqlSession session = session()) {
            Row row = session.execute(SimpleStatement.newInstance(
                            "SELECT TTL(payload) AS left FROM contract." + table + " WHERE persistence_id = ?", id))
                    .one();
            return row == null || row.isNull("left") ? Optional.empty() : Optional.of(row.getInt("left"));
        }
    }

    private static CqlSession session() {
        return new DriverSetup(server.settings("contract"), CassandraLimits.STANDARD)
                .connect()
                .toCompletableFuture()
                .join();
    }

    private static StoredEvent event(String id) {
        return new StoredEvent(id, 1, "w", content("x"), Instant.ofEpochMilli(System.currentTimeMillis()));
    }
}
