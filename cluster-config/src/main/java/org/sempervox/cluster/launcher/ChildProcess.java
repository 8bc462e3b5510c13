package org.sempervox.cluster.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.membership.HaltSetup;

/** One child, a node or a Cassandra: started, started again after it died unexpectedly, stopped. Tells no node anything. */
final class ChildProcess {
    private static final long FIRST_DELAY_MS = 3_000;
    private static final long LAST_DELAY_MS = 30_000;
    private static final long STABLE_MS = 60_000;
    private static final int FENCED_AT_START = 3;
    private static final long DRAINED_LOOK_MS = 500;

    private final WorkFolder work;
    private final String name;
    private final Program program;
    private final ScheduledExecutorService scheduler;
    private final Progress progress;
    private @Nullable Process process;
    private long startedAt;
    private long delayMs = FIRST_DELAY_MS;
    private int fencedAtStart;
    private boolean stopping;

    /** What it runs. */
    interface Program {
        /** The command line; {@code again} when it was started before by this launcher. */
        List<String> command(boolean again) throws IOException;

        /** After each start. */
        default void started(long pid) throws IOException {}
    }

    ChildProcess(WorkFolder work, String name, Program program, ScheduledExecutorService scheduler, Progress progress) {
        this.work = work;
        this.name = name;
        this.program = program;
        this.scheduler = scheduler;
        this.progress = progress;
    }

    String name() {
        return name;
    }

    void start() throws IOException {
        start(false);
    }

    private synchronized void start(boolean again) throws IOException {
        if (stopping) {
            return;
        }
        File log = work.log(name).toFile();
        startedAt = System.nanoTime();
        Process started = new ProcessBuilder(program.command(again))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        process = started;
        program.started(started.pid());
        progress.step(name + " started, pid " + started.pid());
        if (again && work.drained(name)) {
            started.destroy();
        }
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

    /**
     * Throws, with its last words, if it has ended while it started. A node that the others took for dead, as happens to cold nodes on a
     * machine that is too busy, is started again a few times.
     */
    synchronized void checkAlive() throws LaunchFailure, IOException {
        if (process == null || process.isAlive()) {
            return;
        }
        if (process.exitValue() != HaltSetup.EXIT_FENCED || ++fencedAtStart > FENCED_AT_START) {
            throw failure("ended with " + process.exitValue() + " while it started");
        }
        progress.step(name + " was taken for dead while it started (a busy machine?), starts again");
        start(true);
    }

    /** What went wrong, with the end of its log. */
    LaunchFailure failure(String what) {
        return new LaunchFailure(
                name + " " + what + "; the end of " + work.log(name) + ":\n  " + String.join("\n  ", lastWords()));
    }

    synchronized void restartNoMore() {
        stopping = true;
    }

    /** Asks it to end in order. */
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
            progress.step(name + " does not end: killed");
            now.destroyForcibly().waitFor();
        }
    }

    private List<String> lastWords() {
        try {
            List<String> lines = Files.readAllLines(work.log(name));
            return lines.subList(Math.max(0, lines.size() - 12), lines.size());
        } catch (IOException e) {
            return List.of("(no log: " + e.getMessage() + ")");
        }
    }

    private synchronized void ended(Process old) {
        if (stopping || !old.equals(process)) {
            return;
        }
        if (work.drained(name)) {
            progress.step(name + " ended with " + old.exitValue() + " and is drained");
            awaitUndrained();
            return;
        }
        boolean asked = old.exitValue() == 0;
        if (asked || TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) > STABLE_MS) {
            delayMs = FIRST_DELAY_MS;
        }
        progress.step(name + " ended with " + old.exitValue() + ", starts again in " + delayMs + " ms");
        var _ = scheduler.schedule(this::again, delayMs, TimeUnit.MILLISECONDS);
        delayMs = Math.min(LAST_DELAY_MS, delayMs * 2);
    }

    private void awaitUndrained() {
        if (!stopping()) {
            var _ = scheduler.schedule(
                    () -> {
                        if (work.drained(name)) {
                            awaitUndrained();
                        } else {
                            again();
                        }
                    },
                    DRAINED_LOOK_MS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean stopping() {
        return stopping;
    }

    private void again() {
        if (work.drained(name)) {
            awaitUndrained();
            return;
        }
        try {
            start(true);
            supervise();
        } catch (IOException e) {
            progress.step(name + " cannot be started: " + e.getMessage() + "; again in " + LAST_DELAY_MS + " ms");
            var _ = scheduler.schedule(this::again, LAST_DELAY_MS, TimeUnit.MILLISECONDS);
        }
    }
}
