package org.sempervox.cluster.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions that stand still inside a transaction: a node that was frozen between its INSERT and its COMMIT holds the rows that its
 * survivor has to write, for as long as it is frozen. What it wrote is rolled back; when it wakes, its COMMIT fails.
 */
final class IdleTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleTransactions.class);

    /** Longer than a pause that a node survives (0.8 s), shorter than a take-over of a silent node (1.6 s). */
    private static final int LIMIT_MS = 1000;

    private static final int LOOK_EVERY_MS = 200;
    private static final String QUERY = "SELECT session_id FROM information_schema.sessions"
            + " WHERE contains_uncommitted AND executing_statement IS NULL"
            + " AND sleep_since < DATEADD('MILLISECOND', -" + LIMIT_MS + ", CURRENT_TIMESTAMP)";

    private final Connection admin;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("idle-transactions").factory());

    /** Looks until it is closed; the connection is used by nobody else and closed with it. */
    IdleTransactions(Connection admin) {
        this.admin = admin;
        var _ = looking.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws SQLException {
        looking.shutdownNow();
        admin.close();
    }

    private void look() {
        try {
            for (int session : idle()) {
                try (PreparedStatement abort = admin.prepareStatement("SELECT ABORT_SESSION(?)")) {
                    abort.setInt(1, session);
                    abort.execute();
                }
                LOG.warn("store session {} stood still inside a transaction for {} ms: ended", session, LIMIT_MS);
            }
        } catch (SQLException e) {
            LOG.warn("idle transactions cannot be looked for: {}", e.toString());
        }
    }

    private List<Integer> idle() throws SQLException {
        try (PreparedStatement select = admin.prepareStatement(QUERY);
                ResultSet rows = select.executeQuery()) {
            var sessions = new ArrayList<Integer>();
            while (rows.next()) {
                sessions.add(rows.getInt(1));
            }
            return sessions;
        }
    }
}
