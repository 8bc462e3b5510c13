package org.sempervox.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders of runs that nobody wants to keep. */
public final class WorkTree {
    private WorkTree() {}

    /** Deletes a folder with all in it, and the one above if that is empty then; nothing if it is not there: the cluster of an inventory has none. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            Path parent = folder.getParent();
            if (parent != null) {
                try (var left = Files.list(parent)) {
                    if (left.findAny().isEmpty()) {
                        Files.delete(parent);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder " + folder + " could not be removed", e);
        }
    }
}
