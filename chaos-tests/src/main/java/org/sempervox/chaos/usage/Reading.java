package org.sempervox.chaos.usage;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.sempervox.chaos.cluster.ClusterProcess;

/** CPU times of a cluster's processes, of what loads it and of the machine, at one moment. Two of them make a {@link Usage}. */
public record Reading(
        long atNanos, Map<Long, Long> nodeMillis, long storeMillis, long generatorMillis, long machineMillis) {
    public Reading {
        nodeMillis = Map.copyOf(nodeMillis);
    }

    /** {@code generators}: living processes that load it; those that have ended are counted through this process. */
    public static Reading take(ClusterProcess cluster, Collection<Process> generators) throws IOException {
        var nodes = new TreeMap<Long, Long>();
        for (long pid : cluster.nodePids().values()) {
            nodes.put(pid, ProcessTime.of(pid).ownMillis());
        }
        ProcessTime self = ProcessTime.of(ProcessHandle.current().pid());
        long load = self.ownMillis() + self.childrenMillis();
        for (Process generator : generators) {
            if (generator.isAlive()) {
                load += ProcessTime.of(generator.pid()).ownMillis();
            }
        }
        return new Reading(
                System.nanoTime(),
                nodes,
                ProcessTime.of(cluster.launcherPid()).ownMillis(),
                load,
                MachineTime.now().busyMillis());
    }

    /** What was used until {@code later}; a node that was replaced in between is an IllegalStateException. */
    public Usage until(Reading later) {
        if (!nodeMillis.keySet().equals(later.nodeMillis.keySet())) {
            throw new IllegalStateException("a node ended and started again while it was measured: processes "
                    + nodeMillis.keySet() + " before, " + later.nodeMillis.keySet() + " after");
        }
        long nodes = 0;
        for (var node : later.nodeMillis.entrySet()) {
            nodes += node.getValue() - nodeMillis.getOrDefault(node.getKey(), 0L);
        }
        long store = later.storeMillis - storeMillis;
        long generator = later.generatorMillis - generatorMillis;
        double millis = (later.atNanos - atNanos) / 1e6;
        double others = later.machineMillis - machineMillis - nodes - store - generator;
        int cores = Runtime.getRuntime().availableProcessors();
        return new Usage(millis / 1000, nodes, store, generator, Math.max(0, 100 * others / (millis * cores)));
    }
}
