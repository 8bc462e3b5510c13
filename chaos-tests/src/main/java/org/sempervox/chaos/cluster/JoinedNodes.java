package org.sempervox.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.command.Program;
import org.sempervox.cluster.membership.HaltSetup;

/**
 * Nodes that joined a cluster from outside. Like the launcher's they are started again, a few times, if the others take them for dead, as
 * happens to cold nodes on a busy machine; nobody starts them again when they die otherwise. Thread-safe.
 */
final class JoinedNodes {
    private static final int FENCED_AT_JOINING = 3;

    private final List<Process> processes = new ArrayList<>();
    private boolean closed;

    void start(Path log, List<String> command) throws IOException {
        start(log, command, FENCED_AT_JOINING);
    }

    private synchronized void start(Path log, List<String> command, int more) throws IOException {
        if (closed) {
            return;
        }
        Process process = Program.start(log, command);
        processes.add(process);
        var _ = process.onExit().thenAccept(ended -> {
            if (ended.exitValue() == HaltSetup.EXIT_FENCED && more > 0) {
                again(log, command, more - 1);
            }
        });
    }

    private void again(Path log, List<String> command, int more) {
        try {
            start(log, command, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that may still run; no more are started. */
    synchronized List<ProcessHandle> close() {
        closed = true;
        return processes.stream().map(Process::toHandle).toList();
    }
}
