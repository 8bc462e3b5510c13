package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.sempervox.chaos.command.Command;

/** Processes by where they are and by their exact words; never by a name that others could have too. */
final class Processes {
    private static final int ATTEMPTS = 20;
    private static final long LIMIT_S = 5;

    private Processes() {}

    /** Those in a network namespace. */
    static List<ProcessHandle> in(String namespace) throws IOException {
        return Command.names("ip", "netns", "pids", namespace).stream()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    /** Those whose command line holds. */
    static List<ProcessHandle> withCommandLine(Predicate<List<String>> which) {
        return ProcessHandle.allProcesses()
                .filter(process -> which.test(commandLine(process)))
                .toList();
    }

    /** Ends all in a namespace, those too that they start meanwhile. */
    static void killAllIn(String namespace) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            List<ProcessHandle> there = in(namespace);
            if (there.isEmpty()) {
                return;
            }
            kill(there);
        }
        throw new IOException("processes in " + namespace + " cannot be ended: " + in(namespace));
    }

    /** kill -9, and the end of it. */
    static void kill(List<ProcessHandle> processes) throws IOException {
        processes.forEach(ProcessHandle::destroyForcibly);
        var ended = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            ended.get(LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("killed, but still there after " + LIMIT_S + " s: " + processes, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Empty for one that is not there any more. */
    private static List<String> commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
