package org.sempervox.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;

/** A node that was frozen between its INSERT and its COMMIT must not keep the survivor from writing (S21, S22). */
class IdleTransactionsTest {
    @TempDir
    Path folder;

    @Test
    void aFrozenWriterHoldsNothing() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder);
                Connection frozen = connect(store.settings());
                Connection survivor = connect(store.settings())) {
            frozen.setAutoCommit(false);
            insert(frozen, "frozen");
            try (Statement patience = survivor.createStatement()) {
                patience.execute("SET LOCK_TIMEOUT 30000");
            }
            insert(survivor, "survivor");
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
            try (Statement select = survivor.createStatement();
                    var rows = select.executeQuery("SELECT tenant FROM call_record WHERE id = 'a'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("survivor");
            }
        }
    }

    @Test
    void whoeverIsAtWorkIsLeftAlone() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder);
                Connection busy = connect(store.settings())) {
            busy.setAutoCommit(false);
            for (int i = 0; i < 30; i++) {
                insert(busy, "a", "a" + i);
                try (Statement work = busy.createStatement()) {
                    work.execute("SELECT MAX(x) FROM SYSTEM_RANGE(1, 1000000)");
                }
            }
            busy.commit();
        }
    }

    private static void insert(Connection connection, String tenant) throws SQLException {
        insert(connection, tenant, "a");
    }

    private static void insert(Connection connection, String tenant, String id) throws SQLException {
        try (Statement insert = connection.createStatement()) {
            insert.execute("INSERT INTO call_record (id, tenant, start_at, end_at, json) VALUES ('" + id + "', '"
                    + tenant + "', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, '{}')");
        }
    }

    private static Connection connect(StoreSettings.Embedded store) throws SQLException {
        return DriverManager.getConnection(store.url(), StoreSettings.Embedded.USER, store.password());
    }
}
