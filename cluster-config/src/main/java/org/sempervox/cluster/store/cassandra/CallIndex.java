package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Calls by the hour in which they were placed and by the hour in which they ended; both leave with the events. */
final class CallIndex {
    private static final int TOGETHER = 16;

    private CallIndex() {}

    static CompletionStage<Void> placed(Opened opened, String call, Instant at) {
        return opened.change(opened.statements().live.bind(hour(at), call));
    }

    static CompletionStage<Void> ended(Opened opened, String call, Instant at) {
        return opened.change(opened.statements().ended.bind(hour(at), call));
    }

    /** Placed and not ended, as far back as events are kept. */
    static CompletionStage<List<String>> unfinished(Opened opened, CassandraLimits limits) {
        long last = hour(Instant.now()) + 1;
        long first = last - limits.lifetime().toHours() - 2;
        return ids(opened, opened.statements().liveIn, first, last)
                .thenCompose(placed -> ids(opened, opened.statements().endedIn, first, last)
                        .thenApply(ended -> {
                            var open = new TreeSet<>(placed);
                            ended.forEach(open::remove);
                            return List.copyOf(open);
                        }));
    }

    /** A few partitions at a time. */
    private static CompletionStage<List<String>> ids(Opened opened, PreparedStatement select, long first, long last) {
        var all = new ArrayList<String>();
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (long from = first; from <= last; from += TOGETHER) {
            long begin = from;
            long end = Math.min(last, from + TOGETHER - 1);
            done = done.thenCompose(_ -> group(opened, select, begin, end)).thenAccept(all::addAll);
        }
        return done.thenApply(_ -> all);
    }

    private static CompletionStage<List<String>> group(Opened opened, PreparedStatement select, long first, long last) {
        CompletionStage<List<String>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (long hour = first; hour <= last; hour++) {
            all = all.thenCombine(opened.all(select.bind(hour), CallIndex::id), (so, more) -> {
                so.addAll(more);
                return so;
            });
        }
        return all;
    }

    private static String id(Row row) {
        String id = row.getString("id");
        return id == null ? "" : id;
    }

    private static long hour(Instant at) {
        return TimeUnit.MILLISECONDS.toHours(at.toEpochMilli());
    }
}
