package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What {@code bench media} has measured; units are in the names. */
record MediaReport(Conditions conditions, List<Row> rows, String verdict) {
    MediaReport {
        rows = List.copyOf(rows);
    }

    /**
     * So many calls on a node of its own.
     *
     * @param packets sent by the phones in the measured time
     * @param valid nothing was lost: the figures of a run with loss say little, for a packet that is lost costs less
     * @param cpuUsPerPacket of the node's process, everything it did in the time, per packet that was relayed
     * @param nodeCpuPercent of one core
     * @param addedDelayUs from just before the sending by one phone to the kernel's stamp of the arrival at the other
     * @param generatorLateUs how late the generator sent against its plan: bursts of its making
     */
    record Row(
            int calls,
            double seconds,
            long packets,
            long lost,
            double lostPercent,
            long lateOrTwice,
            boolean valid,
            double packetsPerS,
            double cpuUsPerPacket,
            double nodeCpuPercent,
            Spread addedDelayUs,
            Spread generatorLateUs,
            double generatorCpuUsPerPacket,
            double othersPercent) {}

    /** Microseconds. */
    record Spread(double p50, double p99, double p999, double max) {
        static Spread of(JsonNode json) {
            return new Spread(
                    json.path("p50").asDouble(),
                    json.path("p99").asDouble(),
                    json.path("p999").asDouble(),
                    json.path("max").asDouble());
        }
    }
}
