package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sempervox.cluster.launcher.CqlConnection.Consistency;
import org.sempervox.cluster.settings.Secrets;

/** Who we are to the Cassandras of a work folder: the only role they have. Their own default one, whose password everybody knows, is gone. */
final class CassandraAccount {
    static final String USER = "sempervox";

    private static final String DEFAULT = "cassandra";

    private final Path file;
    private final String password;

    private CassandraAccount(Path file, String password) {
        this.file = file;
        this.password = password;
    }

    /** The folder's password, made if there is none. */
    static CassandraAccount of(WorkFolder work) throws IOException {
        Path file = work.store().resolve("password");
        Files.createDirectories(work.store());
        return new CassandraAccount(file, Secrets.keptText(file, 32));
    }

    Path passwordFile() {
        return file;
    }

    /** Replaces the default role by ours. May be repeated; throws as long as the Cassandras are not ready for it. */
    void establish(InetSocketAddress at) throws IOException {
        try (var ours = CqlConnection.open(at, USER, password)) {
            dropDefault(ours);
        } catch (IOException e) {
            create(at, e);
        }
    }

    /** {@code refusal}: what happened when we tried as ourselves. */
    private void create(InetSocketAddress at, IOException refusal) throws IOException {
        try (var first = CqlConnection.open(at, DEFAULT, DEFAULT)) {
            seesAll(first);
            first.execute(
                    "CREATE ROLE IF NOT EXISTS " + USER + " WITH SUPERUSER = true AND LOGIN = true AND PASSWORD = '"
                            + password + "'",
                    Consistency.QUORUM);
        } catch (IOException e) {
            e.addSuppressed(refusal);
            throw e;
        }
        try (var ours = CqlConnection.open(at, USER, password)) {
            dropDefault(ours);
        }
    }

    private static void dropDefault(CqlConnection ours) throws IOException {
        ours.execute("DROP ROLE IF EXISTS " + DEFAULT, Consistency.QUORUM);
    }

    /** Throws unless that Cassandra lets us in and sees all the others alive. */
    void check(InetSocketAddress at) throws IOException {
        try (var ours = CqlConnection.open(at, USER, password)) {
            seesAll(ours);
        }
    }

    private static void seesAll(CqlConnection connection) throws IOException {
        connection.execute("SELECT role FROM system_auth.roles WHERE role = '" + USER + "'", Consistency.ALL);
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return USER;
    }
}
