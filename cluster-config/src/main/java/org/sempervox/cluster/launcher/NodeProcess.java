package org.sempervox.cluster.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One child: started, started again after it died unexpectedly, stopped. Tells no node anything. */
final class NodeProcess {
    private static final long FIRST_DELAY_MS = 3_000;
    private static final long LAST_DELAY_MS = 30_000;
    private static final long STABLE_MS = 60_000;

    private final WorkFolder work;
    private final Topology.Member member;
    private final ScheduledExecutorService scheduler;
    private final Progress progress;
    private final BooleanSupplier othersLive;
    private @Nullable Process process;
    private long startedAt;
    private long delayMs = FIRST_DELAY_MS;
    private boolean stopping;

    NodeProcess(
            WorkFolder work,
            Topology.Member member,
            ScheduledExecutorService scheduler,
            Progress progress,
            BooleanSupplier othersLive) {
        this.work = work;
        this.member = member;
        this.scheduler = scheduler;
        this.progress = progress;
        this.othersLive = othersLive;
    }

    Topology.Member member() {
        return member;
    }

    /** {@code join}: form, seeds or others. */
    synchronized void start(String join) throws IOException {
        if (stopping) {
            return;
        }
        File log = work.log(member.name()).toFile();
        startedAt = System.nanoTime();
        process = new ProcessBuilder(JavaCommand.node(work, member, join))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        progress.step(member.name() + " started, pid " + process.pid());
    }

    /** From now on its death is answered by a new start. */
    synchronized void supervise() {
        Process now = process;
        if (now != null) {
            var _ = now.onExit().thenAccept(this::ended);
        }
    }

    synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /** Exit code of a child that has ended; -1 while it lives. */
    synchronized int exitCode() {
        return process == null || process.isAlive() ? -1 : process.exitValue();
    }

    synchronized void restartNoMore() {
        stopping = true;
    }

    /** Asks it to drain and leave. */
    synchronized void terminate() {
        stopping = true;
        if (process != null) {
            process.destroy();
        }
    }

    /** Waits for the end; a child that does not end in time is killed. */
    void awaitEnd(long limitMs) throws InterruptedException {
        Process now;
        synchronized (this) {
            now = process;
        }
        if (now != null && !now.waitFor(limitMs, TimeUnit.MILLISECONDS)) {
            progress.step(member.name() + " does not end: killed");
            now.destroyForcibly().waitFor();
        }
    }

    List<String> lastWords() {
        try {
            List<String> lines = Files.readAllLines(work.log(member.name()));
            return lines.subList(Math.max(0, lines.size() - 12), lines.size());
        } catch (IOException e) {
            return List.of("(no log: " + e.getMessage() + ")");
        }
    }

    private synchronized void ended(Process old) {
        if (stopping || !old.equals(process)) {
            return;
        }
        if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) > STABLE_MS) {
            delayMs = FIRST_DELAY_MS;
        }
        progress.step(member.name() + " ended with " + old.exitValue() + ", starts again in " + delayMs + " ms");
        var _ = scheduler.schedule(this::again, delayMs, TimeUnit.MILLISECONDS);
        delayMs = Math.min(LAST_DELAY_MS, delayMs * 2);
    }

    private void again() {
        try {
            start(othersLive.getAsBoolean() ? "others" : "seeds");
            supervise();
        } catch (IOException e) {
            progress.step(member.name() + " cannot be started: " + e.getMessage());
        }
    }
}
