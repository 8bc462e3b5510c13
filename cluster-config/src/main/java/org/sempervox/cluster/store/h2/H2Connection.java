package org.sempervox.cluster.store.h2;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.HashMap;
import java.util.Map;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread's connection, opened when it is first needed, and its prepared statements. */
final class H2Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Connection.class);

    private final StoreSettings.Embedded settings;
    private final H2Limits limits;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private @Nullable Connection connection;

    H2Connection(StoreSettings.Embedded settings, H2Limits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** Stays open; its parameters are those of the last use. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement fresh = open().prepareStatement(sql);
        statements.put(sql, fresh);
        return fresh;
    }

    /** Each statement outside is a transaction of its own. */
    <T> T transaction(Work<T> work) throws SQLException {
        Connection own = open();
        own.setAutoCommit(false);
        try {
            T result = work.run(this);
            own.commit();
            return result;
        } catch (SQLException e) {
            close();
            throw e;
        } finally {
            if (connection != null) {
                own.setAutoCommit(true);
            }
        }
    }

    /** The next use opens another one. */
    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        statements.clear();
        if (old == null) {
            return;
        }
        try {
            old.close();
        } catch (SQLException e) {
            LOG.debug("closing a connection to the store: {}", e.toString());
        }
    }

    static boolean duplicate(SQLException e) {
        return e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1;
    }

    /** Whether the same may succeed a little later. */
    static boolean passing(SQLException e) {
        return e instanceof SQLNonTransientConnectionException || e instanceof SQLTransientException;
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(
                    settings.url() + ";NETWORK_TIMEOUT=" + limits.silence().toMillis(),
                    StoreSettings.Embedded.USER,
                    settings.password());
        }
        return connection;
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(H2Connection connection) throws SQLException;
    }
}
