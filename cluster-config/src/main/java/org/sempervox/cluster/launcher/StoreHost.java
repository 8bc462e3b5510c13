package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** The store of a cluster, run by its launcher. */
sealed interface StoreHost permits EmbeddedHost, CassandraProcesses {
    static StoreHost of(LauncherOptions options, ScheduledExecutorService scheduler, Progress progress) {
        return switch (options.store()) {
            case H2 -> new EmbeddedHost(options.work(), options.hosts().storeAddress(), progress);
            case CASSANDRA -> new CassandraProcesses(options.work(), scheduler, progress);
        };
    }

    /** Returns when nodes can use it. After an exception it is to be closed all the same. */
    void start() throws LaunchFailure, IOException, InterruptedException;

    /** {@code sempervox.store} of a node file, once it has started. */
    Map<String, Object> configuration();

    /** Ends it in order; nothing that was acknowledged is lost, however it ends. */
    void close() throws IOException, InterruptedException;
}
