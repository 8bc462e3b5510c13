package org.sempervox.chaos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.WorkTree;
import picocli.CommandLine.Option;

/** The folder of one bench, and the end of every process that it started, however it ends. */
public final class OwnFolder {
    private static final int END_LIMIT_S = 45;

    @Option(
            names = "--dir",
            paramLabel = "W",
            description =
                    "folder for work folders and logs (of SIPp too); kept (default: one under ./work, removed at the end)")
    private @Nullable Path dir;

    /** What is done in the folder. */
    public interface Work {
        int in(Path folder) throws IOException, InterruptedException, ExecutionException, TimeoutException;
    }

    /** Runs it; afterwards, also after SIGINT or SIGTERM, no child process is left, and no folder unless it was asked for. */
    public int use(String bench, Work work)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path folder = dir != null
                ? dir
                : Path.of("work", bench + "-" + ProcessHandle.current().pid());
        Files.createDirectories(folder);
        var cleaned = new AtomicBoolean();
        Runnable clean = () -> {
            if (cleaned.compareAndSet(false, true)) {
                endChildren();
                if (dir == null) {
                    WorkTree.delete(folder);
                }
            }
        };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("clean").unstarted(clean));
        try {
            return work.in(folder);
        } finally {
            clean.run();
        }
    }

    /** The launcher ends its nodes in order, which takes longer than the others need. */
    private static void endChildren() {
        var all = ProcessHandle.current().descendants().toList();
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_LIMIT_S);
        for (ProcessHandle child : all) {
            try {
                child.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                child.destroyForcibly();
            } catch (InterruptedException e) {
                child.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
