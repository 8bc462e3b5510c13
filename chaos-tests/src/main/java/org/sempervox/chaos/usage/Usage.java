package org.sempervox.chaos.usage;

/**
 * CPU time used within a window.
 *
 * @param nodesCpuMs of all nodes together
 * @param storeCpuMs of the process that hosts the store
 * @param generatorCpuMs of what loads the cluster, this process included
 * @param othersPercent share of the machine that programs with no part in it took: above a few percent the figures are disturbed
 */
public record Usage(
        double seconds, double nodesCpuMs, double storeCpuMs, double generatorCpuMs, double othersPercent) {}
