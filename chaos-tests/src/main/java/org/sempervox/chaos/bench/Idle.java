package org.sempervox.chaos.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sempervox.chaos.usage.Memory;
import org.sempervox.chaos.usage.Reading;
import org.sempervox.chaos.usage.Usage;

/** A cluster with nothing to do: CPU time per second, and memory right after the start. */
record Idle(double nodesCpuMsPerS, double storeCpuMsPerS, Kept nodes, Kept store) {
    static final int SECONDS = 5;

    static Idle measure(BenchCluster cluster) throws IOException, InterruptedException {
        Memory nodes = cluster.nodesMemory();
        Memory store = cluster.storeMemory();
        Reading before = cluster.reading(List.of());
        TimeUnit.SECONDS.sleep(SECONDS);
        Usage usage = before.until(cluster.reading(List.of()));
        return new Idle(
                usage.nodesCpuMs() / usage.seconds(),
                usage.storeCpuMs() / usage.seconds(),
                Kept.of(nodes),
                Kept.of(store));
    }
}
