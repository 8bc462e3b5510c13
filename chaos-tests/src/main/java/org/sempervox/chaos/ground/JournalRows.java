package org.sempervox.chaos.ground;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.sempervox.chaos.ground.Ground.Rows;
import org.sempervox.cluster.settings.StoreSettings;

/** Reads the events of calls in the store itself, past the product: what stands there is what was written, by whoever did. */
final class JournalRows {
    private static final String CALLS = "Call|";

    private record Event(String id, long sequence, String writer, Instant at) {}

    private JournalRows() {}

    static List<Rows> read(StoreSettings settings) throws IOException {
        List<Event> events = switch (settings) {
            case StoreSettings.Embedded embedded -> embedded(embedded);
            case StoreSettings.Cassandra cassandra -> cassandra(cassandra);
        };
        return runs(events.stream()
                .filter(event -> event.id().startsWith(CALLS))
                .sorted(Comparator.comparing(Event::id).thenComparingLong(Event::sequence))
                .toList());
    }

    private static List<Event> embedded(StoreSettings.Embedded settings) throws IOException {
        try (var connection =
                        DriverManager.getConnection(settings.url(), StoreSettings.Embedded.USER, settings.password());
                var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT persistence_id, sequence_nr, writer, written_at FROM event")) {
            var all = new ArrayList<Event>();
            while (rows.next()) {
                all.add(new Event(
                        rows.getString(1), rows.getLong(2), rows.getString(3), Instant.ofEpochMilli(rows.getLong(4))));
            }
            return all;
        } catch (SQLException e) {
            throw new IOException("the rows of the store cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Event> cassandra(StoreSettings.Cassandra settings) throws IOException {
        var builder = CqlSession.builder().withLocalDatacenter(settings.datacenter());
        for (InetSocketAddress point : settings.contactPoints()) {
            builder.addContactPoint(new InetSocketAddress(resolved(point.getHostString()), point.getPort()));
        }
        settings.credentials().ifPresent(user -> builder.withAuthCredentials(user.user(), user.password()));
        try (CqlSession session = builder.build()) {
            var all = new ArrayList<Event>();
            for (Row row : session.execute("SELECT persistence_id, sequence_nr, writer, written_at FROM "
                    + settings.keyspace() + ".call_event")) {
                all.add(new Event(
                        String.valueOf(row.getString(0)),
                        row.getLong(1),
                        String.valueOf(row.getString(2)),
                        written(row)));
            }
            return all;
        }
    }

    private static Instant written(Row row) {
        return Objects.requireNonNullElse(row.getInstant(3), Instant.EPOCH);
    }

    private static InetAddress resolved(String host) throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    private static List<Rows> runs(List<Event> events) {
        var runs = new ArrayList<Rows>();
        for (Event event : events) {
            Rows last = runs.isEmpty() ? null : runs.getLast();
            boolean same = last != null
                    && last.entity().equals(event.id())
                    && last.writer().equals(event.writer())
                    && last.last() + 1 == event.sequence();
            if (last != null && same) {
                runs.set(
                        runs.size() - 1,
                        new Rows(
                                last.entity(), last.first(), event.sequence(), last.writer(), last.from(), event.at()));
            } else {
                runs.add(new Rows(
                        event.id(), event.sequence(), event.sequence(), event.writer(), event.at(), event.at()));
            }
        }
        return runs;
    }
}
