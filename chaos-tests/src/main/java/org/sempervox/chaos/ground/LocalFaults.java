package org.sempervox.chaos.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.command.Program;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.cluster.launcher.WorkFolder;
import org.sempervox.cluster.settings.SettingsProblem;

/** What the operating system can do to the processes of a cluster on this machine. */
final class LocalFaults {
    private static final Duration PLANNED = Duration.ofMinutes(4);
    private static final Duration JOINING = Duration.ofSeconds(90);
    private static final Duration COMES_BACK = Duration.ofSeconds(10);
    /** A slow store: stopped for half a second, then so long at work. */
    private static final long SLOW_MS = 500;

    private static final long WORK_MS = 60;

    private final OwnCluster ground;
    private final Path folder;

    LocalFaults(OwnCluster ground, Path folder) {
        this.ground = ground;
        this.folder = folder;
    }

    Injection strike(Blow blow, List<String> targets) throws IOException, InterruptedException {
        return switch (blow.kind()) {
            case KILL -> kill(targets);
            case FREEZE -> freeze(targets);
            case STOP -> stop(targets);
            case ROLLING_RESTART -> rolling();
            case UPGRADE -> upgrade();
            case DRAIN -> drain(targets.getFirst());
            case STORAGE_STOPPED -> storageStopped();
            case STORAGE_SLOW -> storageSlow();
            case STORAGE_NODE_DOWN -> storageNodeDown();
            case POWER_CUT -> powerCut();
            case JOIN -> join();
            case DISK_FULL -> diskFull(targets.getFirst());
            case CLOCK -> clock(targets.getFirst(), (int) blow.amount());
            case CUT, CUT_ONE_WAY, CUT_APART, UNPLUG, SPLIT, LOSS, POWER_OFF ->
                throw new SettingsProblem("fault", blow.kind().text(), "one that is possible here");
        };
    }

    private Injection kill(List<String> targets) throws IOException {
        var pids = pids(targets);
        for (long pid : pids) {
            ClusterProcess.signal("KILL", pid);
        }
        return Injection.lasting("kill -9 " + pids);
    }

    private List<Long> pids(List<String> targets) throws IOException {
        var pids = new ArrayList<Long>();
        for (String target : targets) {
            long pid = ground.cluster().pid(target);
            if (pid < 0 || ProcessHandle.of(pid).isEmpty()) {
                throw new IOException(target + " has no process");
            }
            pids.add(pid);
        }
        return pids;
    }

    private Injection freeze(List<String> targets) throws IOException {
        String node = targets.getFirst();
        long pid = pids(targets).getFirst();
        ClusterProcess.signal("STOP", pid);
        return Injection.until("SIGSTOP " + pid, () -> {
            long from = System.nanoTime();
            var exit = ProcessHandle.of(pid).map(ProcessHandle::onExit);
            if (exit.isEmpty()) {
                return Optional.empty();
            }
            ClusterProcess.signal("CONT", pid);
            return Optional.of(new Injection.CameBack(node, ended(exit.get(), from), from));
        });
    }

    /** Milliseconds until it ended; negative if it does not. */
    static double ended(CompletableFuture<ProcessHandle> exit, long from) throws InterruptedException {
        try {
            exit.get(COMES_BACK.toMillis(), TimeUnit.MILLISECONDS);
            return (System.nanoTime() - from) / 1e6;
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    private Injection stop(List<String> targets) throws IOException {
        var pids = pids(targets);
        for (long pid : pids) {
            ClusterProcess.signal("TERM", pid);
        }
        return Injection.lasting("SIGTERM " + pids);
    }

    /** By the product's own verb, as an operator would. */
    private Injection rolling() throws IOException, InterruptedException {
        return Injection.lasting(verb("rolling-restart"));
    }

    /** Into the build that this program is. */
    private Injection upgrade() throws IOException, InterruptedException {
        Path build = Files.createDirectories(folder.resolve("this-build"));
        Files.writeString(build.resolve("classpath"), System.getProperty("java.class.path"));
        return Injection.lasting(verb("rolling-restart", "--to", build.toString()));
    }

    private Injection drain(String node) throws IOException, InterruptedException {
        return Injection.until(verb("drain", node), () -> {
            verb("undrain", node);
            return Optional.empty();
        });
    }

    private String verb(String... words) throws IOException, InterruptedException {
        Path log = folder.resolve(words[0] + ".log");
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--dir", ground.work().toString()));
        Process verb = Program.start(log, Program.command(List.of(), all));
        if (!verb.waitFor(PLANNED.toSeconds(), TimeUnit.SECONDS)) {
            verb.destroyForcibly();
            throw new IOException(words[0] + " did not end in " + PLANNED.toMinutes() + " min; see " + log);
        }
        if (verb.exitValue() != 0) {
            throw new IOException(words[0] + ": exit " + verb.exitValue() + "; see " + log);
        }
        return "sempervox " + String.join(" ", words) + ": exit 0";
    }

    /** The embedded store is in the launcher. */
    private List<Long> store() throws IOException {
        var cassandras = new WorkFolder(ground.work())
                .liveStores().values().stream().map(ProcessHandle::pid).toList();
        return cassandras.isEmpty() ? List.of(ground.cluster().launcherPid()) : cassandras;
    }

    private Injection storageStopped() throws IOException {
        List<Long> store = store();
        for (long pid : store) {
            ClusterProcess.signal("STOP", pid);
        }
        return Injection.until("SIGSTOP of the store " + store, () -> {
            for (long pid : store) {
                ClusterProcess.signal("CONT", pid);
            }
            return Optional.empty();
        });
    }

    private Injection storageSlow() throws IOException {
        List<Long> store = store();
        Thread slow = Thread.ofPlatform().daemon().name("slow store").start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    signal("STOP", store);
                    TimeUnit.MILLISECONDS.sleep(SLOW_MS);
                    signal("CONT", store);
                    TimeUnit.MILLISECONDS.sleep(WORK_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return Injection.until("the store " + store + " answers once in half a second", () -> {
            slow.interrupt();
            slow.join();
            signal("CONT", store);
            return Optional.empty();
        });
    }

    private static void signal(String signal, List<Long> pids) {
        try {
            for (long pid : pids) {
                ClusterProcess.signal(signal, pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Injection storageNodeDown() throws IOException {
        var cassandras = new WorkFolder(ground.work()).liveStores();
        if (cassandras.size() < 2) {
            throw new IOException("no Cassandra of several: start with store = cassandra");
        }
        var second = List.copyOf(cassandras.entrySet()).get(1);
        ClusterProcess.signal("KILL", second.getValue().pid());
        return Injection.lasting("kill -9 of " + second.getKey());
    }

    private Injection powerCut() throws IOException, InterruptedException {
        ground.cluster().killAll();
        if (!ground.cluster().awaitNothing(Duration.ZERO)) {
            throw new IOException("the launcher does not die");
        }
        ground.startAgain();
        return Injection.lasting("kill -9 of everything, started again");
    }

    private Injection join() throws IOException, InterruptedException {
        String node = ground.spare().orElseThrow(() -> new IOException("no spare node: the scenario needs spare = 1"));
        ground.cluster().join(node, List.of());
        ground.cluster().awaitServing(node, -1, JOINING);
        return Injection.lasting(node + " joined, pid " + ground.cluster().pid(node));
    }

    private Injection diskFull(String node) throws IOException {
        Path ballast = ground.tricks().fillDisk(node);
        return Injection.until("no byte left for the log of " + node, () -> {
            Files.deleteIfExists(ballast);
            return Optional.empty();
        });
    }

    /** A node whose clock is wrong is to leave by itself (S27): what it does afterwards is no matter of its return. */
    private Injection clock(String node, int seconds) throws IOException {
        ground.tricks().setClock(node, seconds);
        return Injection.until("clock of %s set by %+d s".formatted(node, seconds), () -> {
            ground.tricks().setClock(node, 0);
            return Optional.empty();
        });
    }
}
