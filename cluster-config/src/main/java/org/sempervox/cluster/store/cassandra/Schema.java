package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.sempervox.cluster.settings.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes keyspace and tables, and upgrades them. Nodes that start together do not make them together: one takes the lock, the others wait.
 * The lock's own table can be made by several at once, because its id is the same whoever makes it; so have the others, should a lock run
 * out while its owner still works.
 */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final int VERSION = 3;
    private static final Duration LOCK = Duration.ofSeconds(60);
    private static final Duration STATEMENT = Duration.ofSeconds(20);
    /**
     * A read whose replica is silent goes to another one after this. Cassandra's own rule waits for a share of the table's latest reads, which
     * in the first seconds of a table, or of a Cassandra, is half of the read timeout: more than an entity may wait for its recovery.
     */
    private static final String RETRY = "50ms";

    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(200);

    private final CqlSession session;
    private final StoreSettings.Cassandra settings;
    private final CassandraLimits limits;
    private final String self = UUID.randomUUID().toString();

    Schema(CqlSession session, StoreSettings.Cassandra settings, CassandraLimits limits) {
        this.session = session;
        this.settings = settings;
        this.limits = limits;
    }

    /** Blocks until the tables are those of this version. */
    void establish() {
        if (version().orElse(0) == VERSION) {
            return;
        }
        // the driver would read the whole schema again after each table, a second later
        session.setSchemaMetadataEnabled(false);
        try {
            make();
        } finally {
            session.setSchemaMetadataEnabled(null);
        }
    }

    private void make() {
        makeLock();
        while (version().orElse(0) != VERSION) {
            if (locked()) {
                if (version().orElse(0) != VERSION) {
                    LOG.info("making the tables of keyspace {}", settings.keyspace());
                    tables().forEach(this::define);
                    upgrade();
                    run("INSERT INTO " + in("schema_version") + " (part, version) VALUES ('tables', " + VERSION + ")");
                }
                run("DELETE FROM " + in("schema_version") + " WHERE part = 'lock' IF owner = '" + self + "'");
            } else {
                LockSupport.parkNanos(POLL);
            }
        }
    }

    /** Empty if there is no such table yet. */
    private Optional<Integer> version() {
        try {
            Row row = run("SELECT version FROM " + in("schema_version") + " WHERE part = 'tables'")
                    .one();
            int found = row == null ? 0 : row.getInt("version");
            if (found > VERSION) {
                throw new NewerSchema(settings.keyspace(), found, VERSION);
            }
            return Optional.of(found);
        } catch (InvalidQueryException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private void makeLock() {
        run("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace()
                + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': "
                + settings.replication() + "}");
        define(new Table("schema_version", "part text PRIMARY KEY, version int, owner text", ""));
    }

    private boolean locked() {
        ResultSet taken = run("INSERT INTO " + in("schema_version") + " (part, owner) VALUES ('lock', '" + self
                + "') IF NOT EXISTS USING TTL " + LOCK.toSeconds());
        return taken.wasApplied();
    }

    /** Tables of version 1 have Cassandra's own rule. */
    private void upgrade() {
        String rules = "SELECT table_name, speculative_retry FROM system_schema.tables WHERE keyspace_name = '"
                + settings.keyspace() + "'";
        Set<String> ours = tables().stream().map(Table::name).collect(Collectors.toSet());
        for (Row row : run(rules).all()) {
            String table = String.valueOf(row.getString("table_name"));
            if (ours.contains(table) && !RETRY.equals(row.getString("speculative_retry"))) {
                run("ALTER TABLE " + in(table) + " WITH speculative_retry = '" + RETRY + "'");
            }
        }
    }

    private void define(Table table) {
        ResultSet made = run("CREATE TABLE IF NOT EXISTS " + in(table.name) + " (" + table.columns + ") WITH ID = '"
                + id(table.name) + "' AND speculative_retry = '" + RETRY + "'" + table.options);
        if (!made.getExecutionInfo().isSchemaInAgreement() && !session.checkSchemaAgreement()) {
            LOG.warn("Cassandra's nodes do not agree on table {} yet", table.name);
        }
    }

    private ResultSet run(String cql) {
        return session.execute(SimpleStatement.newInstance(cql)
                .setTimeout(STATEMENT)
                .setIdempotent(true)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
    }

    private String in(String table) {
        return settings.keyspace() + "." + table;
    }

    private UUID id(String table) {
        return UUID.nameUUIDFromBytes(in(table).getBytes(StandardCharsets.UTF_8));
    }

    private List<Table> tables() {
        String event =
                "persistence_id text, sequence_nr bigint, writer text, serializer int, manifest text, payload blob,"
                        + " written_at timestamp, PRIMARY KEY (persistence_id, sequence_nr)";
        String ages = " AND default_time_to_live = " + limits.lifetime().toSeconds()
                + " AND gc_grace_seconds = 86400"
                + " AND compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS',"
                + " 'compaction_window_size': 1}";
        String levels = " AND compaction = {'class': 'LeveledCompactionStrategy'}";
        return List.of(
                new Table("call_event", event, ages),
                new Table("entity_event", event, levels),
                new Table(
                        "snapshot",
                        "persistence_id text, sequence_nr bigint, taken_at timestamp, serializer int, manifest text,"
                                + " payload blob, PRIMARY KEY (persistence_id, sequence_nr)",
                        " AND CLUSTERING ORDER BY (sequence_nr DESC)" + levels),
                new Table("entity", "type text, id text, PRIMARY KEY (type, id)", levels),
                new Table("live_call", "hour bigint, id text, PRIMARY KEY (hour, id)", ages),
                new Table("ended_call", "hour bigint, id text, PRIMARY KEY (hour, id)", ages),
                new Table(
                        "call_record",
                        "day date, start_at timestamp, id text, json text, PRIMARY KEY (day, start_at, id)",
                        ""),
                new Table("record_day", "part text, day date, PRIMARY KEY (part, day)", ""),
                new Table(
                        "credential",
                        "tenant text, number text, key_id text, sealed text, PRIMARY KEY (tenant, number)",
                        levels),
                new Table("credential_mark", "tenant text PRIMARY KEY, key_id text, change_id text", ""),
                new Table("beat", "part text, node text, beat_at timestamp, PRIMARY KEY (part, node)", ""));
    }

    private record Table(String name, String columns, String options) {}
}
