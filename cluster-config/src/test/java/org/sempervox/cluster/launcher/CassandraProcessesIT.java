package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.settings.SettingsProblem;

/** Three real Cassandras, and the driver that nodes use. */
@Tag("cluster")
class CassandraProcessesIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String KEYSPACE =
            "CREATE KEYSPACE sempervox WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 3}";
    private static final String TABLE =
            "CREATE TABLE sempervox.t (id int PRIMARY KEY, v text) WITH speculative_retry = '20ms'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long begin = System.nanoTime();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void needsAnOlderJava() throws IOException {
        try {
            say("on " + CassandraJava.find());
        } catch (SettingsProblem e) {
            abort(e.getMessage());
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        scheduler.shutdownNow();
        var work = new WorkFolder(folder);
        Shutdown.run(work, this::say);
        assertThat(Leftovers.liveProcesses(work)).isEmpty();
        assertThat(Leftovers.unknownFiles(work)).isEmpty();
    }

    @Test
    void outlivesTheDeathOfOneAndOfAll() throws Exception {
        var work = new WorkFolder(folder);
        var first = new CassandraProcesses(work, scheduler, this::say);
        first.start();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(work.store().resolve("password"))))
                .isEqualTo("rw-------");
        Map<String, Object> configuration = first.configuration();
        CassandraRing ring = CassandraRing.read(work.store().resolve(CassandraRing.FILE));
        for (String name : ring.names()) {
            say(name + ": " + resident(work, name) + " MiB");
            assertThatThrownBy(() -> CqlConnection.open(ring.nativeAddress(name), "cassandra", "cassandra"))
                    .as("the default role is gone")
                    .isInstanceOf(IOException.class);
        }
        try (CqlSession session = connect(configuration)) {
            define(session, KEYSPACE);
            define(session, TABLE);
            write(session, 1);

            String pid = Files.readString(work.pid("c2"));
            kill(work, "c2");
            long longest = 0;
            for (int i = 2; i < 40; i++) {
                long start = System.nanoTime();
                write(session, i);
                assertThat(value(session, i)).isEqualTo("v" + i);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            say("written and read with two, " + longest / 1_000_000 + " ms at worst");
            Eventually.holds("c2 is back", LIMIT, () -> back(work, ring, pid));
            say("c2 is back: " + resident(work, "c2") + " MiB");
            write(session, 40);
        }
        for (String name : ring.names()) {
            kill(work, name);
        }
        first.close();

        var second = new CassandraProcesses(work, scheduler, this::say);
        second.start();
        assertThat(second.configuration()).isEqualTo(configuration);
        try (CqlSession session = connect(second.configuration())) {
            for (int i = 1; i <= 40; i++) {
                assertThat(value(session, i)).isEqualTo("v" + i);
            }
            assertThat(conditional(session, 40)).as("is there already").isFalse();
            assertThat(conditional(session, 41)).isTrue();
        }
        say("all read");
        // as after the death of the launcher: nobody starts anything again
        scheduler.shutdownNow();
        assertThat(work.liveNodes()).isEmpty();
        assertThat(work.liveStores()).containsOnlyKeys("c1", "c2", "c3");
        assertThat(Shutdown.run(work, this::say)).as("had to be killed").isEmpty();
    }

    private static CqlSession connect(Map<String, Object> configuration) throws IOException {
        var session = CqlSession.builder().withLocalDatacenter(String.valueOf(configuration.get("datacenter")));
        if (configuration.get("contact-points") instanceof List<?> points) {
            for (Object point : points) {
                String[] parts = String.valueOf(point).split(":", 2);
                session.addContactPoint(new java.net.InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
            }
        }
        String password = Files.readString(Path.of(String.valueOf(configuration.get("password-file"))));
        return session.withAuthCredentials(String.valueOf(configuration.get("user")), password)
                .build();
    }

    /** Not within the driver's two seconds while three cold Cassandras share a busy machine. */
    private static void define(CqlSession session, String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(LIMIT));
    }

    private static void write(CqlSession session, int id) {
        session.execute(SimpleStatement.newInstance("INSERT INTO sempervox.t (id, v) VALUES (?, ?)", id, "v" + id)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                .setTimeout(LIMIT)
                .setIdempotent(true));
    }

    private static boolean conditional(CqlSession session, int id) {
        return session.execute(
                        SimpleStatement.newInstance("INSERT INTO sempervox.t (id, v) VALUES (?, 'w') IF NOT EXISTS", id)
                                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                                .setTimeout(LIMIT)
                                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
                .wasApplied();
    }

    private static String value(CqlSession session, int id) {
        ResultSet rows = session.execute(SimpleStatement.newInstance("SELECT v FROM sempervox.t WHERE id = ?", id)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                .setTimeout(LIMIT)
                .setIdempotent(true));
        var row = rows.one();
        return row == null ? "nothing" : String.valueOf(row.getString("v"));
    }

    private boolean back(WorkFolder work, CassandraRing ring, String oldPid) throws IOException {
        if (Files.readString(work.pid("c2")).equals(oldPid)) {
            return false;
        }
        try {
            CassandraAccount.of(work).check(ring.nativeAddress("c2"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void kill(WorkFolder work, String name) throws IOException {
        assertThat(process(work, name).destroyForcibly()).isTrue();
        say(name + " killed");
    }

    private static ProcessHandle process(WorkFolder work, String name) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(work.pid(name)).strip()))
                .orElseThrow();
    }

    private static long resident(WorkFolder work, String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(process(work, name).pid()), "status");
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                >> 10;
    }

    private void say(String text) {
        System.out.printf("%6.1f s  %s%n", (System.nanoTime() - begin) / 1e9, text);
    }
}
