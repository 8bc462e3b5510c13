package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.cli.Exit;

/**
 * What an end of the program before its time does (Ctrl-C, SIGTERM): heals what is broken and ends what was started. There is no verdict
 * then. Closed when the work is done.
 */
public final class EarlyEnd implements AutoCloseable {
    private volatile @Nullable Ground ground;
    private volatile @Nullable Path starting;
    private volatile boolean came;
    private volatile boolean over;

    private EarlyEnd() {}

    /** From now on. */
    public static EarlyEnd watched() {
        var end = new EarlyEnd();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("clean").unstarted(end::interrupt));
        return end;
    }

    /** A cluster is about to be started in that folder: what there is of it then is known by its {@link UndoFile} only. */
    public void begins(Path folder) {
        ground = null;
        starting = folder;
    }

    /** The one that is in use now. */
    public void heals(Ground now) {
        ground = now;
        starting = null;
    }

    /** Whether it is under way: whatever fails now fails because of it. */
    public boolean came() {
        return came;
    }

    /** Runs at every end of the program; does something at an early one only. */
    private void interrupt() {
        Ground own = ground;
        Path folder = starting;
        if (over || own == null && folder == null) {
            return;
        }
        came = true;
        System.out.println("interrupted: healing, ending calls, nodes and store; no verdict");
        if (own != null) {
            own.close();
        } else {
            undo(folder);
        }
        Runtime.getRuntime().halt(Exit.INTERRUPTED);
    }

    private static void undo(@Nullable Path folder) {
        try {
            if (folder != null && Files.exists(folder.resolve(UndoFile.NAME))) {
                Heal.heal(folder);
            }
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage() + "; later: sempervox chaos heal " + folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
