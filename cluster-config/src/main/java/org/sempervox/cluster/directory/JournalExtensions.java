package org.sempervox.cluster.directory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.core.extension.ExtensionEntity;

/** Reads them from the journal table of pekko-persistence-jdbc (its default names), by the primary key's prefix. */
public final class JournalExtensions implements KnownExtensions {
    private static final String PREFIX = ExtensionEntity.TYPE.name() + "|";
    private static final String QUERY = "select distinct \"persistence_id\" from \"event_journal\""
            + " where \"persistence_id\" > '" + PREFIX + "' and \"persistence_id\" < '" + ExtensionEntity.TYPE.name()
            + "}'";
    private final Connections connections;

    /** Opens a connection to the store. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    public JournalExtensions(Connections connections) {
        this.connections = connections;
    }

    @Override
    public List<String> get() {
        try (var connection = connections.open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(QUERY)) {
            var numbers = new ArrayList<String>();
            while (rows.next()) {
                numbers.add(rows.getString(1).substring(PREFIX.length()));
            }
            return numbers;
        } catch (SQLException failure) {
            throw new IllegalStateException("the journal's extensions cannot be read", failure);
        }
    }
}
