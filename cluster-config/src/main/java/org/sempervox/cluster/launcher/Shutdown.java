package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops what runs in a work folder, with or without its launcher. */
public final class Shutdown {
    private static final long LAUNCHER_LIMIT_S = 150;
    private static final long LIMIT_S = 35;

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
        // nodes end by writing to the store: it goes last
        stop(work.liveNodes(), killed, progress);
        stop(work.liveStores(), killed, progress);
        work.clean();
        Files.deleteIfExists(work.launcherPid());
        return killed;
    }

    private static void stop(Map<String, ProcessHandle> processes, List<String> killed, Progress progress)
            throws InterruptedException {
        processes.values().forEach(ProcessHandle::destroy);
        for (var process : processes.entrySet()) {
            if (!ended(process.getValue(), LIMIT_S)) {
                process.getValue().destroyForcibly();
                ended(process.getValue(), LIMIT_S);
                killed.add(process.getKey());
            }
            progress.step(process.getKey() + " stopped");
        }
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
