package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops what runs in a work folder, with or without its launcher. */
public final class Shutdown {
    private static final long LAUNCHER_LIMIT_S = 90;
    private static final long NODE_LIMIT_S = 35;

    private Shutdown() {}

    /** Names of the processes that had to be killed; empty if all ended by themselves or none ran. */
    public static List<String> run(WorkFolder work, Progress progress) throws IOException, InterruptedException {
        var killed = new ArrayList<String>();
        Optional<ProcessHandle> launcher = work.launcher();
        if (launcher.isPresent()) {
            launcher.get().destroy();
            if (!ended(launcher.get(), LAUNCHER_LIMIT_S)) {
                launcher.get().destroyForcibly();
                killed.add("launcher");
            }
        }
        var nodes = work.liveNodes();
        nodes.values().forEach(ProcessHandle::destroy);
        for (var node : nodes.entrySet()) {
            if (!ended(node.getValue(), NODE_LIMIT_S)) {
                node.getValue().destroyForcibly();
                ended(node.getValue(), NODE_LIMIT_S);
                killed.add(node.getKey());
            }
            progress.step(node.getKey() + " stopped");
        }
        work.clean();
        java.nio.file.Files.deleteIfExists(work.launcherPid());
        return killed;
    }

    private static boolean ended(ProcessHandle process, long limitS) throws InterruptedException {
        try {
            process.onExit().get(limitS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return !process.isAlive();
        }
    }
}
