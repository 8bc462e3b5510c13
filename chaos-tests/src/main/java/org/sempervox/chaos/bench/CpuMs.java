package org.sempervox.chaos.bench;

import org.sempervox.chaos.usage.Usage;

/**
 * CPU time of the product per unit of work.
 *
 * @param sumLessIdle the sum less what the cluster uses with nothing to do in the same time
 */
record CpuMs(double nodes, double store, double sum, double sumLessIdle) {
    static CpuMs of(Usage usage, Idle idle, long units) {
        double nodes = usage.nodesCpuMs() / units;
        double store = usage.storeCpuMs() / units;
        double idling = (idle.nodesCpuMsPerS() + idle.storeCpuMsPerS()) * usage.seconds() / units;
        return new CpuMs(nodes, store, nodes + store, nodes + store - idling);
    }
}
