package org.sempervox.chaos.ground;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What has to be undone if the tool itself dies, written before it is done.
 *
 * @param pid of the tool
 * @param started when that process began, in milliseconds of the wall clock: a process id is used again
 * @param work the cluster's work folder
 * @param lab state file of the network namespaces; empty if there are none
 * @param mounts what was mounted
 * @param commands of an inventory, which heal what may have been broken
 * @param programs that the tool started besides the cluster
 */
public record UndoFile(
        long pid,
        long started,
        String work,
        String lab,
        List<String> mounts,
        List<String> commands,
        List<Program> programs) {
    public static final String NAME = "undo.json";

    /** A process id is used again: with its beginning it is one process. */
    record Program(long pid, long started) {
        static Program of(ProcessHandle process) {
            return new Program(process.pid(), began(process));
        }

        /** If it still runs. */
        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> began(process) == started);
        }
    }

    static UndoFile of(Path work, String lab, List<String> mounts) {
        ProcessHandle self = ProcessHandle.current();
        return new UndoFile(
                self.pid(), began(self), work.toAbsolutePath().toString(), lab, mounts, List.of(), List.of());
    }

    static UndoFile of(Path folder, List<String> commands) {
        ProcessHandle self = ProcessHandle.current();
        return new UndoFile(
                self.pid(), began(self), folder.toAbsolutePath().toString(), "", List.of(), commands, List.of());
    }

    /** The same with these programs and no others. */
    UndoFile with(List<ProcessHandle> running) {
        return new UndoFile(
                pid,
                started,
                work,
                lab,
                mounts,
                commands,
                running.stream().map(Program::of).toList());
    }

    private static long began(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    void write(Path folder) throws IOException {
        Path part = folder.resolve(NAME + ".part");
        new ObjectMapper().writeValue(part.toFile(), this);
        Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static UndoFile read(Path folder) throws IOException {
        return new ObjectMapper().readValue(folder.resolve(NAME).toFile(), UndoFile.class);
    }

    /** Whether the tool that wrote it still runs. */
    boolean inUse() {
        return new Program(pid, started).alive().isPresent();
    }
}
