package org.sempervox.cluster.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.cdr.CallRecords;

/** Call records in the store, on a small pool of their own so that the journal never waits for them. */
public final class JdbcCallRecords implements CallRecords, AutoCloseable {
    private static final int CONNECTIONS = 2;
    private static final int PURGE_BATCH = 100;

    private final HikariDataSource pool;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS,
            task -> Thread.ofPlatform().daemon().name("call-records").unstarted(task));

    public JdbcCallRecords(StoreSettings.Embedded store) {
        var config = new HikariConfig();
        config.setJdbcUrl(store.url());
        config.setUsername(StoreSettings.Embedded.USER);
        config.setPassword(store.password());
        config.setPoolName("call-records");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(3000);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    @Override
    public CompletionStage<Void> store(CallRecord record) {
        return on(connection -> {
                    CallRecordTable.merge(connection, record);
                    return true;
                })
                .thenAccept(_ -> {});
    }

    /** Records of calls that started then or later, oldest first. */
    public CompletionStage<List<JsonNode>> since(Instant from) {
        return on(connection -> CallRecordTable.since(connection, from));
    }

    public CompletionStage<List<JsonNode>> all() {
        return since(Instant.EPOCH);
    }

    /** Deletes the journal rows of up to a hundred calls that ended longer ago; the number of calls whose rows are gone now. */
    public CompletionStage<Integer> purge(Duration retention) {
        Instant endedBefore = Instant.now().minus(retention);
        return on(connection -> {
            List<String> calls = CallRecordTable.purgeable(connection, endedBefore, PURGE_BATCH);
            for (String call : calls) {
                CallRecordTable.purge(connection, call);
            }
            return calls.size();
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pool.close();
    }

    private <T> CompletableFuture<T> on(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Connection connection = pool.getConnection()) {
                        return work.run(connection);
                    } catch (SQLException | JsonProcessingException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException, JsonProcessingException;
    }
}
