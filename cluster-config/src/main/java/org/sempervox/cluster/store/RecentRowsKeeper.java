package org.sempervox.cluster.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link RecentRows} small while the database runs, and brings back what they hold when it starts. */
final class RecentRowsKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecentRowsKeeper.class);

    /** Longer than a transaction may stand still ({@link IdleTransactions}), so that a row is two turns old before it is dropped. */
    private static final long TURN_SECONDS = 2;

    private static final List<String> TABLES = List.of("EVENT", "CALL_RECORD");

    private final Connection admin;
    private final RecentRows rows;
    private final String path;
    private final ScheduledExecutorService turning = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("recent-rows").factory());

    private RecentRowsKeeper(Connection admin, RecentRows rows, String path) {
        this.admin = admin;
        this.rows = rows;
        this.path = path;
        var _ = turning.scheduleWithFixedDelay(this::turn, TURN_SECONDS, TURN_SECONDS, TimeUnit.SECONDS);
    }

    /** Before anybody else may connect. The connection is used by nobody else and closed with this. */
    static RecentRowsKeeper start(Connection admin, Path folder) throws SQLException, IOException {
        int back = 0;
        for (RecentRows.Row row : RecentRows.read(folder)) {
            back += bring(admin, row);
        }
        try (Statement statement = admin.createStatement()) {
            statement.execute("CHECKPOINT");
            for (String table : TABLES) {
                statement.execute("CREATE TRIGGER IF NOT EXISTS RECENT_" + table + " AFTER INSERT, UPDATE ON " + table
                        + " FOR EACH ROW CALL '" + RecentRowsTrigger.class.getName() + "'");
            }
        }
        if (back > 0) {
            LOG.info("{} rows brought back that the database had not written when it was killed", back);
        }
        String path = RecentRowsTrigger.path(admin);
        RecentRows rows = RecentRows.open(folder);
        RecentRowsTrigger.open(path, rows);
        return new RecentRowsKeeper(admin, rows, path);
    }

    /** After the last session has ended. */
    @Override
    public void close() throws SQLException, IOException {
        turning.shutdownNow();
        try (Statement statement = admin.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        admin.close();
        RecentRowsTrigger.close(path);
        rows.close();
    }

    /** 1 if the row was not there. */
    private static int bring(Connection admin, RecentRows.Row row) throws SQLException {
        if (!TABLES.contains(row.table())) {
            throw new SQLException("recent rows of an unknown table " + row.table());
        }
        String marks = String.join(", ", Collections.nCopies(row.values().size(), "?"));
        try (PreparedStatement insert =
                admin.prepareStatement("INSERT INTO " + row.table() + " VALUES (" + marks + ")")) {
            for (int i = 0; i < row.values().size(); i++) {
                insert.setObject(i + 1, row.values().get(i));
            }
            return insert.executeUpdate();
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1) {
                return 0;
            }
            throw e;
        }
    }

    private void turn() {
        try (Statement statement = admin.createStatement()) {
            if (!rows.isEmpty()) {
                statement.execute("CHECKPOINT");
                rows.turn();
            }
        } catch (SQLException | IOException e) {
            LOG.error("recent rows are kept for longer: {}", e.toString());
        }
    }
}
