package org.sempervox.chaos.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.usage.Memory;

/** Takes the memory of all nodes, and of the launcher with its store, from time to time. */
final class HeapLog {
    private record Key(String node, long pid) {}

    private final Map<Key, List<HeapSeries.Point>> points = new LinkedHashMap<>();

    /** Each process collects and stands still for some 100 ms, one after another. */
    void take(ClusterProcess cluster, int calls) throws IOException, InterruptedException {
        var pids = new TreeMap<>(cluster.nodePids());
        pids.put("launcher", cluster.launcherPid());
        for (Map.Entry<String, Long> one : pids.entrySet()) {
            Memory memory = Memory.of(one.getValue());
            points.computeIfAbsent(new Key(one.getKey(), one.getValue()), _ -> new ArrayList<>())
                    .add(new HeapSeries.Point(calls, memory.liveHeapMiB(), memory.residentMiB()));
        }
    }

    List<HeapSeries> series() {
        return points.entrySet().stream()
                .map(one -> new HeapSeries(one.getKey().node(), one.getKey().pid(), one.getValue()))
                .toList();
    }
}
