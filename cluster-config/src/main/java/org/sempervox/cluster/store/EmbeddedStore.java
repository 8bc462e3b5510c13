package org.sempervox.cluster.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.RunScript;
import org.h2.tools.Server;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.StoreSettings;

/** H2 in server mode, by default on the loopback address, hosted by the launcher; outlives nodes, not its own process. */
public final class EmbeddedStore implements AutoCloseable {
    private static final String DATABASE = "sempervox";
    private static final String PASSWORD_FILE = "password";
    private static final int VERSION = 2;
    private static final String OLD_JOURNAL = "event_journal";

    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final String host;
    private final Connection keeper;
    private final IdleTransactions idle;
    private final RecentRowsKeeper recent;
    private final String password;

    private EmbeddedStore(
            Server server,
            String host,
            Connection keeper,
            IdleTransactions idle,
            RecentRowsKeeper recent,
            String password) {
        this.server = server;
        this.host = host;
        this.keeper = keeper;
        this.idle = idle;
        this.recent = recent;
        this.password = password;
    }

    /** Opens or creates the database in that folder and listens on a free port. */
    public static EmbeddedStore start(Path folder) throws IOException, SQLException {
        return start(folder, LOOPBACK);
    }

    /** Likewise on a numeric address of this machine; the first one that a process chooses stands for all its stores. */
    public static EmbeddedStore start(Path folder, String host) throws IOException, SQLException {
        // Read once, when the first class of H2 is loaded; without it the port is open on every interface.
        System.setProperty("h2.bindAddress", host);
        Files.createDirectories(folder);
        String password = Secrets.keptText(passwordFile(folder), 32);
        Connection keeper = open(
                folder, password, ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=65536;RETENTION_TIME=5000");
        try {
            createSchema(keeper, folder);
            RecentRowsKeeper recent = RecentRowsKeeper.start(open(folder, password, ""), folder);
            Server server = Server.createTcpServer(serverOptions(folder, host)).start();
            return new EmbeddedStore(
                    server, host, keeper, new IdleTransactions(open(folder, password, "")), recent, password);
        } catch (IOException | SQLException e) {
            shutDown(keeper);
            throw e;
        }
    }

    public StoreSettings.Embedded settings() {
        return new StoreSettings.Embedded(host, server.getPort(), password);
    }

    /** A connection to a store that no launcher hosts at the moment. Its tables are those of the version that used it last. */
    public static Connection openStopped(Path folder) throws IOException, SQLException {
        return open(folder, Files.readString(passwordFile(folder)).strip(), ";IFEXISTS=TRUE");
    }

    public static Path passwordFile(Path folder) {
        return folder.resolve(PASSWORD_FILE);
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        idle.close();
        try {
            recent.close();
        } catch (IOException e) {
            throw new SQLException("what was stored last stays in " + RecentRows.class.getSimpleName(), e);
        } finally {
            shutDown(keeper);
        }
    }

    /** H2 answers clients of this machine only unless it may answer others. */
    private static String[] serverOptions(Path folder, String host) {
        var options = new ArrayList<>(List.of(
                "-tcpPort",
                "0",
                "-tcpDaemon",
                "-baseDir",
                folder.toAbsolutePath().toString()));
        if (!host.equals(LOOPBACK)) {
            options.add("-tcpAllowOthers");
        }
        return options.toArray(String[]::new);
    }

    private static void shutDown(Connection keeper) throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    private static Connection open(Path folder, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve(DATABASE) + options,
                StoreSettings.Embedded.USER,
                password);
    }

    private static void createSchema(Connection connection, Path folder) throws IOException, SQLException {
        int version = version(connection);
        if (version > VERSION) {
            throw new SQLException(folder + " holds a store of version " + version + ", this program knows " + VERSION);
        }
        run(connection, "schema.sql");
        if (has(connection, OLD_JOURNAL)) {
            run(connection, "upgrade-0.sql");
        }
    }

    /** 0 for none yet and for one from before there were versions. */
    private static int version(Connection connection) throws SQLException {
        if (!has(connection, "SCHEMA_VERSION")) {
            return 0;
        }
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT MAX(version) FROM schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", table, null)) {
            return tables.next();
        }
    }

    private static void run(Connection connection, String resource) throws IOException, SQLException {
        try (InputStream in = EmbeddedStore.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the class path");
            }
            RunScript.execute(connection, new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }
}
