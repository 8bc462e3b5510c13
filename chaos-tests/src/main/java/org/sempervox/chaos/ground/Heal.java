package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.command.Command;
import org.sempervox.chaos.lab.Lab;
import org.sempervox.cluster.launcher.WorkFolder;

/** Undoes what a run left behind that was killed itself. */
public final class Heal {
    private static final int DEPTH = 3;
    private static final long END_S = 45;

    private Heal() {}

    /** The folders at or below that one in which something is to be undone, those of tools that still run left out. */
    public static List<Path> wanted(Path top) throws IOException {
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        var all = new ArrayList<Path>();
        try (var files = Files.find(top, DEPTH, (file, _) -> file.endsWith(UndoFile.NAME))) {
            for (Path file : files.sorted().toList()) {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null && !UndoFile.read(folder).inUse()) {
                    all.add(folder);
                }
            }
        }
        return all;
    }

    /** Undoes what is written there; what was done, a line each. The file goes when all is undone. */
    public static List<String> heal(Path folder) throws IOException, InterruptedException {
        UndoFile undo = UndoFile.read(folder);
        var done = new ArrayList<String>();
        for (UndoFile.Program program : undo.programs()) {
            program.alive()
                    .filter(ProcessHandle::destroyForcibly)
                    .ifPresent(one -> done.add("ended program " + one.pid()));
        }
        processes(new WorkFolder(Path.of(undo.work())), done);
        if (!undo.lab().isEmpty() && Files.exists(Path.of(undo.lab()))) {
            Lab.removeAll(Path.of(undo.lab()));
            done.add("removed the network namespaces of " + undo.lab());
        }
        for (String command : undo.commands()) {
            Command.shell(command);
            done.add("done: " + command);
        }
        for (String mount : undo.mounts()) {
            if (Mounts.isMounted(Path.of(mount))) {
                Command.run("umount", "-l", mount);
                done.add("unmounted " + mount);
            }
        }
        Files.deleteIfExists(folder.resolve(UndoFile.NAME));
        return done;
    }

    /** The launcher ends its nodes and its store in order; whatever does not end is killed. Stopped ones are woken first: they cannot end. */
    private static void processes(WorkFolder work, List<String> done) throws IOException, InterruptedException {
        var all = new ArrayList<ProcessHandle>(work.liveNodes().values());
        all.addAll(work.liveStores().values());
        var launcher = work.launcher();
        launcher.ifPresent(all::add);
        for (ProcessHandle process : all) {
            Command.run("kill", "-CONT", Long.toString(process.pid()));
        }
        launcher.ifPresent(ProcessHandle::destroy);
        if (launcher.isEmpty()) {
            all.forEach(ProcessHandle::destroy);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_S);
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly();
            }
            done.add("ended process " + process.pid());
        }
    }
}
