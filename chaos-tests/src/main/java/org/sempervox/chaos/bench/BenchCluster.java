package org.sempervox.chaos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.usage.Memory;
import org.sempervox.chaos.usage.Reading;

/** A cluster for one row of figures, in a folder of its own, with how long it took to start. */
final class BenchCluster implements AutoCloseable {
    private final ClusterProcess process;
    private final StartTime startTime;

    private BenchCluster(ClusterProcess process, StartTime startTime) {
        this.process = process;
        this.startTime = startTime;
    }

    /**
     * How long the start took.
     *
     * @param toReadyMs from the start of {@code up} until phones can register
     * @param nodeMs from the start of a full node's process until it serves, the slowest; to the 100 ms of the launcher's look
     */
    record StartTime(double toReadyMs, double nodeMs) {}

    /** Starts it and returns when it serves. */
    static BenchCluster start(Path work, String topology, Numbers numbers, int past, Consumer<String> progress)
            throws IOException {
        Files.createDirectories(work);
        if (past > 0) {
            progress.accept("putting " + past + " past calls into the store");
            PastCalls.insert(work, past);
        }
        Path pbx = work.resolve("bench-pbx.conf");
        Files.writeString(pbx, numbers.pbxFile());
        progress.accept("starting a cluster (" + topology + ") with " + numbers.count() + " extensions");
        long start = System.nanoTime();
        var begun = new ConcurrentHashMap<String, Long>();
        var served = new ConcurrentHashMap<String, Double>();
        ClusterProcess process =
                ClusterProcess.start(work, List.of("--topology", topology, "--config", pbx.toString()), line -> {
                    // "   1.2 s  n1 started, pid 4711" and "   6.1 s  n1 is serving"
                    String[] words = line.strip().split(" +", -1);
                    if (words.length > 3 && words[3].startsWith("started")) {
                        begun.put(words[2], System.nanoTime());
                    } else if (words.length > 4 && words[4].equals("serving")) {
                        served.put(
                                words[2], (System.nanoTime() - begun.getOrDefault(words[2], System.nanoTime())) / 1e6);
                    }
                });
        double ready = (System.nanoTime() - start) / 1e6;
        double node = served.values().stream().mapToDouble(v -> v).max().orElse(0);
        progress.accept("it serves after %.1f s".formatted(ready / 1000));
        return new BenchCluster(process, new StartTime(ready, node));
    }

    ClusterProcess process() {
        return process;
    }

    StartTime startTime() {
        return startTime;
    }

    Reading reading(Collection<Process> generators) throws IOException {
        return Reading.take(process, generators);
    }

    /** Of all nodes together, after a collection. */
    Memory nodesMemory() throws IOException, InterruptedException {
        Memory all = Memory.NONE;
        for (Map.Entry<String, Long> node : process.nodePids().entrySet()) {
            all = all.plus(Memory.of(node.getValue()));
        }
        return all;
    }

    Memory storeMemory() throws IOException, InterruptedException {
        return Memory.of(process.launcherPid());
    }

    @Override
    public void close() {
        process.close();
    }
}
