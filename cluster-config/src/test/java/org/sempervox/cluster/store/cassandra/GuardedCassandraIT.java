package org.sempervox.cluster.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.settings.StoreSettings.Credentials;
import org.sempervox.cluster.settings.StoreSettings.Trust;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.h2.StallingProxy;

/** A Cassandra of one's own that asks for a login and speaks TLS only. */
@Tag("cluster")
class GuardedCassandraIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Credentials DEFAULT = new Credentials("cassandra", "cassandra");
    private static final CassandraLimits IMPATIENT =
            new CassandraLimits(Duration.ofMillis(500), Duration.ofSeconds(2), 100, Duration.ofDays(7));

    @TempDir
    private static Path folder;

    private static CassandraServer server;
    private static Certificates certificates;

    @BeforeAll
    static void start() throws Exception {
        server = CassandraServer.startGuarded(folder);
        certificates = new Certificates(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theRightLoginAndATrustedCertificateOpenIt() throws Exception {
        try (Store store = open(settings(DEFAULT, certificates.right()))) {
            answers(store);
        }
    }

    @Test
    void aRefusedLoginIsNamedAndTriedAgain() throws Exception {
        StoreSettings.Cassandra late = settings(new Credentials("late", "in-time-9"), certificates.right());
        try (Store store = open(late)) {
            failsWith(
                    store,
                    "sempervox.store.user = late",
                    "sempervox.store.password-file",
                    "Provided username late and/or password are incorrect");
            try (CqlSession session = session()) {
                session.execute("CREATE ROLE late WITH LOGIN = true AND SUPERUSER = true AND PASSWORD = 'in-time-9'");
            }
            answers(store);
        }
    }

    @Test
    void aMissingLoginIsNamed() throws Exception {
        StoreSettings.Cassandra anonymous = settings(server.host(), 9042, Optional.empty(), certificates.right());
        try (Store store = open(anonymous)) {
            failsWith(store, "asks for a login", "sempervox.store.user");
        }
    }

    @Test
    void aStrangersCertificateIsNotTrusted() throws Exception {
        try (Store store = open(settings(DEFAULT, certificates.stranger()))) {
            failsWith(store, "not signed by", "sempervox.store.trust-store", "stranger-trust.p12");
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        try (var other = new StallingProxy(InetAddress.ofLiteral(server.host()), 9042)) {
            StoreSettings.Cassandra elsewhere =
                    settings("127.0.0.1", other.port(), Optional.of(DEFAULT), certificates.right());
            try (Store store = open(elsewhere)) {
                failsWith(store, "names another host", "sempervox.store.contact-points", "127.0.0.1");
            }
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsToldSo() throws Exception {
        var plain = new StoreSettings.Cassandra(
                settings(DEFAULT, certificates.right()).contactPoints(),
                "datacenter1",
                "guarded",
                1,
                Optional.of(DEFAULT),
                Optional.empty());
        try (Store store = open(plain)) {
            failsWith(store, "if it wants TLS", "sempervox.store.trust-store");
        }
    }

    private static Store open(StoreSettings.Cassandra settings) {
        return new CassandraStore(settings, IMPATIENT);
    }

    private static void answers(Store store) throws Exception {
        Eventually.holds("the store answers", LIMIT, () -> failure(store).isEmpty());
    }

    /** The message comes with a failed request, once the first attempt to connect is over. */
    private static void failsWith(Store store, String... parts) throws Exception {
        Eventually.holds(
                "the store says why it does not answer",
                LIMIT,
                () -> !failure(store).endsWith("does not answer"));
        assertThat(failure(store)).contains(parts).doesNotContain("in-time-9");
    }

    private static String failure(Store store) throws Exception {
        return store.lastBeat()
                .handle((_, failure) -> failure == null ? "" : String.valueOf(failure.getMessage()))
                .toCompletableFuture()
                .get();
    }

    private static CqlSession session() throws Exception {
        try (Store known = open(settings(DEFAULT, certificates.right()))) {
            answers(known);
        }
        return new DriverSetup(settings(DEFAULT, certificates.right()), CassandraLimits.STANDARD)
                .connect()
                .toCompletableFuture()
                .get();
    }

    private static StoreSettings.Cassandra settings(Credentials login, Trust trust) {
        return settings(server.host(), 9042, Optional.of(login), trust);
    }

    private static StoreSettings.Cassandra settings(String host, int port, Optional<Credentials> login, Trust trust) {
        return new StoreSettings.Cassandra(
                List.of(InetSocketAddress.createUnresolved(host, port)),
                "datacenter1",
                "guarded",
                1,
                login,
                Optional.of(trust));
    }
}
