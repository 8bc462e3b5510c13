package org.sempervox.cluster.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.store.CredentialStore.Mark;
import org.sempervox.cluster.store.SealedCredential;

/** The statements on the tables of credentials. A change is rare: it is written to the database's file before it is acknowledged. */
final class CredentialRows {
    private CredentialRows() {}

    static String claim(H2Connection connection, String keyId) throws SQLException {
        return connection.transaction(own -> {
            PreparedStatement insert =
                    own.prepared("INSERT INTO credential_mark (id, key_id, change_id) SELECT 1, ?, ''"
                            + " WHERE NOT EXISTS (SELECT 1 FROM credential_mark)");
            insert.setString(1, keyId);
            insert.executeUpdate();
            return mark(own).keyId().orElse(keyId);
        });
    }

    static Mark mark(H2Connection connection) throws SQLException {
        try (ResultSet rows = connection
                .prepared("SELECT key_id, change_id FROM credential_mark")
                .executeQuery()) {
            return rows.next()
                    ? new Mark(Optional.of(rows.getString(1)), rows.getString(2))
                    : new Mark(Optional.empty(), "");
        }
    }

    static List<SealedCredential> all(H2Connection connection) throws SQLException {
        try (ResultSet rows = connection
                .prepared("SELECT number, key_id, sealed FROM credential")
                .executeQuery()) {
            var all = new ArrayList<SealedCredential>();
            while (rows.next()) {
                all.add(new SealedCredential(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return all;
        }
    }

    static void put(H2Connection connection, SealedCredential credential, String change) throws SQLException {
        connection.transaction(own -> {
            PreparedStatement merge = own.prepared("MERGE INTO credential (number, key_id, sealed) VALUES (?, ?, ?)");
            merge.setString(1, credential.number());
            merge.setString(2, credential.keyId());
            merge.setString(3, credential.sealed());
            merge.executeUpdate();
            return changed(own, change);
        });
        write(connection);
    }

    static void remove(H2Connection connection, String number, String change) throws SQLException {
        connection.transaction(own -> {
            PreparedStatement delete = own.prepared("DELETE FROM credential WHERE number = ?");
            delete.setString(1, number);
            delete.executeUpdate();
            return changed(own, change);
        });
        write(connection);
    }

    /** Without the mark nobody would see the change. */
    private static int changed(H2Connection connection, String change) throws SQLException {
        PreparedStatement update = connection.prepared("UPDATE credential_mark SET change_id = ?");
        update.setString(1, change);
        int marks = update.executeUpdate();
        if (marks != 1) {
            throw new SQLException("the table of credentials belongs to no key any more: restart a node");
        }
        return marks;
    }

    private static void write(H2Connection connection) throws SQLException {
        connection.prepared("CHECKPOINT SYNC").execute();
    }
}
