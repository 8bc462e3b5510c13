package org.sempervox.cluster.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Called by the database for each row that is inserted into a table whose rows must not be lost; on the thread of the session. */
public final class RecentRowsTrigger implements Trigger {
    private static final Map<String, RecentRows> OPEN = new ConcurrentHashMap<>();

    private String table = "";
    private String path = "";

    /** Public for the database. */
    public RecentRowsTrigger() {}

    /** From now on rows of that database are kept there. */
    static void open(String path, RecentRows rows) {
        OPEN.put(path, rows);
    }

    static void close(String path) {
        OPEN.remove(path);
    }

    static String path(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("CALL DATABASE_PATH()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String tableName, boolean before, int type)
            throws SQLException {
        table = tableName;
        path = path(connection);
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
            throws SQLException {
        RecentRows rows = OPEN.get(path);
        if (rows == null || newRow == null) {
            // The launcher's own work before it serves.
            return;
        }
        try {
            rows.append(table, newRow);
        } catch (IOException e) {
            throw new SQLException("the row cannot be kept in " + path, e);
        }
    }
}
