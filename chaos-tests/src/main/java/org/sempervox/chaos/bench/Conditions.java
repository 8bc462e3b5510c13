package org.sempervox.chaos.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where and when figures were taken: without these they mean nothing. */
record Conditions(String at, int cores, double loadAverageBefore, String java, String kernel) {
    static Conditions now() {
        return new Conditions(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 100) / 100.0,
                Runtime.version().toString(),
                System.getProperty("os.version", ""));
    }

    @Override
    public String toString() {
        return "%d cores, load average before %.1f, Java %s, kernel %s, %s"
                .formatted(cores, loadAverageBefore, java, kernel, at);
    }
}
