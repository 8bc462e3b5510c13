package org.sempervox.chaos.usage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory of one Java process right after a full collection.
 *
 * @param liveHeapKiB objects that are reachable
 * @param residentKiB what the kernel counts as in memory: heap, compiled code, stacks, native; never shrinks by much
 */
public record Memory(double liveHeapKiB, long residentKiB) {
    private static final String FILLER = "jdk.internal.vm.Filler";

    public static final Memory NONE = new Memory(0, 0);

    /** Makes the process collect first. Not while anything else is measured: the process stands still for some 100 ms. */
    public static Memory of(long pid) throws IOException, InterruptedException {
        double heap = collect(pid);
        return new Memory(heap, parseStatus(Files.readString(Path.of("/proc", Long.toString(pid), "status"))));
    }

    public double liveHeapMiB() {
        return liveHeapKiB / 1024;
    }

    public double residentMiB() {
        return residentKiB / 1024.0;
    }

    public Memory plus(Memory other) {
        return new Memory(liveHeapKiB + other.liveHeapKiB, residentKiB + other.residentKiB);
    }

    public Memory minus(Memory other) {
        return new Memory(liveHeapKiB - other.liveHeapKiB, residentKiB - other.residentKiB);
    }

    /** The histogram counts reachable objects only, so the virtual machine collects before it. */
    private static double collect(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        double bytes;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            bytes = parseHistogram(out.lines());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (process.waitFor() != 0 || bytes < 0) {
            throw new IOException(jcmd + " " + pid + " GC.class_histogram: exit " + process.exitValue());
        }
        return bytes / 1024;
    }

    /**
     * Octets of the line {@code Total <objects> <octets>} less the dead ones: a collection that does not move everything fills the gaps with
     * objects of classes of its own. -1 if there is no such line.
     */
    static double parseHistogram(Stream<String> lines) {
        double dead = 0;
        for (String line : (Iterable<String>) lines::iterator) {
            String[] fields = line.strip().split(" +", -1);
            if (line.startsWith("Total ")) {
                return Double.parseDouble(fields[2]) - dead;
            }
            if (line.contains(FILLER)) {
                dead += Double.parseDouble(fields[2]);
            }
        }
        return -1;
    }

    static long parseStatus(String status) throws IOException {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no VmRSS in /proc/PID/status"));
    }
}
