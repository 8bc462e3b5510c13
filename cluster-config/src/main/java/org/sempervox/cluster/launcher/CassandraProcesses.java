package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.Secrets;

/**
 * Three Cassandras on loopback addresses of this machine, c1 to c3, each with a copy of everything. Each is started again when it dies.
 * Like nodes they outlive a launcher that is killed, so that calls go on; then nobody starts them again.
 */
final class CassandraProcesses implements StoreHost {
    private static final long START_LIMIT_MS = 180_000;
    private static final long POLL_MS = 100;
    private static final long STOP_LIMIT_MS = 30_000;
    private static final String DATACENTER = "datacenter1";
    private static final String KEYSPACE = "sempervox";

    private final WorkFolder work;
    private final ScheduledExecutorService scheduler;
    private final Progress progress;
    private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();
    private @Nullable CassandraRing ring;
    private @Nullable CassandraAccount account;

    CassandraProcesses(WorkFolder work, ScheduledExecutorService scheduler, Progress progress) {
        this.work = work;
        this.scheduler = scheduler;
        this.progress = progress;
    }

    /** Done when each of them lets us in and sees the others. */
    @Override
    public void start() throws LaunchFailure, IOException, InterruptedException {
        var command = new CassandraCommand(CassandraJava.find(), CassandraJars.find());
        CassandraRing chosen = CassandraRing.of(work);
        CassandraAccount ours = CassandraAccount.of(work);
        ring = chosen;
        account = ours;
        progress.step("store: Cassandra " + command.jars().version() + " on Java "
                + command.java().release() + " in "
                + command.java().home() + ", three copies at " + chosen.contactPoints()
                + "; it survives the death of any one of them, not of this machine");
        for (String name : chosen.names()) {
            CassandraFiles files = CassandraFiles.of(work, name);
            files.write(chosen, name);
            processes.add(new ChildProcess(work, name, program(name, files, command), scheduler, progress));
        }
        for (ChildProcess process : processes) {
            process.start();
        }
        await(chosen, ours);
        processes.forEach(ChildProcess::supervise);
    }

    @Override
    public Map<String, Object> configuration() {
        if (ring == null || account == null) {
            throw new IllegalStateException("not started");
        }
        return Map.of(
                "kind",
                StoreKind.CASSANDRA.toString(),
                "contact-points",
                ring.contactPoints(),
                "datacenter",
                DATACENTER,
                "keyspace",
                KEYSPACE,
                "replication",
                ring.hosts().size(),
                "user",
                CassandraAccount.USER,
                "password-file",
                account.passwordFile().toString());
    }

    /** SIGTERM: each of them writes its memory to the disk first. */
    @Override
    public void close() throws InterruptedException {
        processes.forEach(ChildProcess::terminate);
        for (ChildProcess process : processes) {
            process.awaitEnd(STOP_LIMIT_MS);
            progress.step(process.name() + " stopped");
        }
        processes.clear();
    }

    private ChildProcess.Program program(String name, CassandraFiles files, CassandraCommand command) {
        return new ChildProcess.Program() {
            @Override
            public List<String> command(boolean again) {
                return command.of(name, files, again);
            }

            @Override
            public void started(long pid) throws IOException {
                // in one step: who waits for it must not read an empty one
                Secrets.write(work.pid(name), pid + "\n");
            }
        };
    }

    private void await(CassandraRing ring, CassandraAccount account)
            throws LaunchFailure, IOException, InterruptedException {
        var waiting = new ArrayList<>(processes);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS);
        while (!waiting.isEmpty()) {
            for (ChildProcess process : processes) {
                process.checkAlive();
            }
            ChildProcess next = waiting.getFirst();
            try {
                if (waiting.size() == processes.size()) {
                    account.establish(ring.nativeAddress(next.name()));
                }
                account.check(ring.nativeAddress(next.name()));
                progress.step(next.name() + " answers");
                waiting.removeFirst();
                continue;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw next.failure(
                            "does not answer after " + START_LIMIT_MS / 1000 + " s (" + e.getMessage() + ")");
                }
            }
            new CountDownLatch(1).await(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }
}
