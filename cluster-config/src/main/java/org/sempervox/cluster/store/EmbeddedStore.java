package org.sempervox.cluster.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.RunScript;
import org.h2.tools.Server;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.StoreSettings;

/** H2 in server mode on the loopback address, hosted by the launcher; outlives nodes, not its own process. */
public final class EmbeddedStore implements AutoCloseable {
    private static final String DATABASE = "sempervox";
    private static final String PASSWORD_FILE = "password";

    private final Server server;
    private final Connection keeper;
    private final String password;

    private EmbeddedStore(Server server, Connection keeper, String password) {
        this.server = server;
        this.keeper = keeper;
        this.password = password;
    }

    /** Opens or creates the database in that folder and listens on a free port. */
    public static EmbeddedStore start(Path folder) throws IOException, SQLException {
        // Read once, when the first class of H2 is loaded; without it the port is open on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Files.createDirectories(folder);
        Path file = passwordFile(folder);
        String password = Files.exists(file) ? Files.readString(file).strip() : Secrets.text(32);
        if (!Files.exists(file)) {
            Secrets.write(file, password);
        }
        Connection keeper = open(folder, password, ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=65536");
        createSchema(keeper);
        Server server = Server.createTcpServer(
                        "-tcpPort",
                        "0",
                        "-tcpDaemon",
                        "-baseDir",
                        folder.toAbsolutePath().toString())
                .start();
        return new EmbeddedStore(server, keeper, password);
    }

    public StoreSettings.Embedded settings() {
        return new StoreSettings.Embedded("127.0.0.1", server.getPort(), password);
    }

    /** A connection to a store that no launcher hosts at the moment. */
    public static Connection openStopped(Path folder) throws IOException, SQLException {
        return open(folder, Files.readString(passwordFile(folder)).strip(), ";IFEXISTS=TRUE");
    }

    public static Path passwordFile(Path folder) {
        return folder.resolve(PASSWORD_FILE);
    }

    @Override
    public void close() throws SQLException {
        server.stop();
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

    private static void createSchema(Connection connection) throws IOException, SQLException {
        try (var tables = connection.getMetaData().getTables(null, "PUBLIC", "event_journal", null)) {
            if (!tables.next()) {
                run(connection, "/schema/h2/h2-create-schema.sql");
            }
        }
        run(connection, "/org/sempervox/cluster/store/call-record.sql");
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
