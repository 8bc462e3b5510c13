package org.sempervox.chaos.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one process from its start to its end or that of the run. A restarted node is another process.
 *
 * @param points in the order they were taken
 */
record HeapSeries(String node, long pid, List<Point> points) {
    private static final int LEAST_POINTS = 3;

    HeapSeries {
        points = List.copyOf(points);
    }

    /**
     * After a full collection.
     *
     * @param calls ended in the whole cluster until then
     */
    record Point(int calls, double liveHeapMiB, double rssMiB) {}

    /** Growth of the live heap by least squares; null with fewer than three points or without calls between them. */
    @JsonProperty("slopeMiBPer1000Calls")
    @Nullable
    Double slope() {
        if (points.size() < LEAST_POINTS) {
            return null;
        }
        double meanX =
                points.stream().mapToDouble(p -> p.calls() / 1000.0).average().orElse(0);
        double meanY = points.stream().mapToDouble(Point::liveHeapMiB).average().orElse(0);
        double xy = 0;
        double xx = 0;
        for (Point point : points) {
            double x = point.calls() / 1000.0 - meanX;
            xy += x * (point.liveHeapMiB() - meanY);
            xx += x * x;
        }
        return xx == 0 ? null : xy / xx;
    }
}
