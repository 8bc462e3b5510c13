package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A session whose tables exist. */
record Opened(CqlSession session, Statements statements) {
    CompletionStage<Void> change(Statement<?> statement) {
        return session.executeAsync(statement).thenAccept(_ -> {});
    }

    /** Whether the condition held. */
    CompletionStage<Boolean> conditionally(Statement<?> statement) {
        return session.executeAsync(statement).thenApply(AsyncResultSet::wasApplied);
    }

    /** All pages. */
    <T> CompletionStage<List<T>> all(Statement<?> statement, Function<Row, T> read) {
        return session.executeAsync(statement).thenCompose(page -> collect(page, read, new ArrayList<>()));
    }

    private static <T> CompletionStage<List<T>> collect(AsyncResultSet page, Function<Row, T> read, List<T> into) {
        page.currentPage().forEach(row -> into.add(read.apply(row)));
        return page.hasMorePages()
                ? page.fetchNextPage().thenCompose(next -> collect(next, read, into))
                : CompletableFuture.completedFuture(into);
    }
}
