package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@link UndoFile} of a run, and the programs besides its cluster that end with it. Thread-safe. */
final class Programs {
    private final Path folder;
    private final List<ProcessHandle> all = new ArrayList<>();
    private UndoFile undo;
    private boolean ended;

    private Programs(Path folder, UndoFile undo) {
        this.folder = folder;
        this.undo = undo;
    }

    /** Writes the file. */
    static Programs of(Path folder, UndoFile undo) throws IOException {
        undo.write(folder);
        return new Programs(folder, undo);
    }

    /** One more; it is ended at once if the run is over. */
    synchronized void add(ProcessHandle program) throws IOException {
        if (ended) {
            program.destroyForcibly();
            return;
        }
        all.removeIf(one -> !one.isAlive());
        all.add(program);
        undo = undo.with(all);
        undo.write(folder);
    }

    /** Ends what still lives. */
    synchronized void end() {
        ended = true;
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** There is nothing to undo any more. */
    void undone() throws IOException {
        Files.deleteIfExists(folder.resolve(UndoFile.NAME));
    }
}
