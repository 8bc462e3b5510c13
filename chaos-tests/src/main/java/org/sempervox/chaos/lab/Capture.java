package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Captures of what each host sends, taken where its cable ends: what a host sends into a pulled cable is in none, what the bridge drops because
 * of a cut is in it.
 */
public final class Capture implements AutoCloseable {
    private static final int HEADERS = 96;
    private static final long START_LIMIT_S = 10;
    private static final long STOP_LIMIT_S = 10;
    private static final Pattern DROPPED =
            Pattern.compile("(\\d+) packets dropped by kernel|received/dropped[^:]*: \\d+/(\\d+)");

    private final List<Running> running;

    private record Running(String host, Path file, Path log, Process process) {}

    private Capture(List<Running> running) {
        this.running = running;
    }

    /**
     * What was captured.
     *
     * @param seen by all hosts, in the order of time
     * @param dropped packets that the captures missed because they were too slow; more than 0 proves less
     */
    public record Recording(List<Seen> seen, long dropped) {
        public Recording {
            seen = List.copyOf(seen);
        }
    }

    /** Commands to be, and what they write. */
    record Plan(List<LabHost> hosts, Path folder, List<List<String>> commands) {
        Capture start() throws IOException {
            var running = new ArrayList<Running>();
            var capture = new Capture(running);
            try {
                for (int i = 0; i < hosts.size(); i++) {
                    String name = hosts.get(i).name();
                    Path file = folder.resolve(name + ".pcap");
                    Path log = folder.resolve(name + ".pcap.log");
                    Files.deleteIfExists(file);
                    Process process = new ProcessBuilder(commands.get(i))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
                    running.add(new Running(name, file, log, process));
                }
                for (Running each : running) {
                    awaitStart(each);
                }
                return capture;
            } catch (IOException e) {
                capture.close();
                throw e;
            }
        }
    }

    static Plan plan(String program, List<LabHost> hosts, Path folder) {
        var commands = new ArrayList<List<String>>();
        for (LabHost host : hosts) {
            String file = folder.toAbsolutePath().resolve(host.name() + ".pcap").toString();
            String filter = "ether src " + host.hardware() + " and (arp or udp)";
            String length = Integer.toString(HEADERS);
            commands.add(
                    program.equals("tcpdump")
                            ? List.of(
                                    program,
                                    "-i",
                                    host.port(),
                                    "-n",
                                    "-p",
                                    "-U",
                                    "--immediate-mode",
                                    "-B",
                                    "8192",
                                    "-Z",
                                    "root",
                                    "-s",
                                    length,
                                    "-w",
                                    file,
                                    filter)
                            : List.of(
                                    program,
                                    "-i",
                                    host.port(),
                                    "-q",
                                    "-p",
                                    "-P",
                                    "-B",
                                    "8",
                                    "-s",
                                    length,
                                    "-f",
                                    filter,
                                    "-w",
                                    file));
        }
        return new Plan(hosts, folder, commands);
    }

    /** Ends it and reads the files; what was sent before the call is in them. Takes a good tenth of a second. */
    public Recording stop() throws IOException {
        for (Running each : running) {
            // Packets that are still in the kernel's ring when the program is told to end are lost.
            if (pause(each.process(), 100 / running.size())) {
                throw new IOException("the capture of " + each.host() + " has ended by itself: "
                        + Files.readString(each.log()).strip());
            }
        }
        close();
        var seen = new ArrayList<Seen>();
        long dropped = 0;
        for (Running each : running) {
            seen.addAll(PcapFile.read(each.file(), each.host()));
            dropped += dropped(Files.readString(each.log()));
        }
        seen.sort((a, b) -> a.at().compareTo(b.at()));
        return new Recording(seen, dropped);
    }

    /** The files by host. */
    public Map<String, Path> files() {
        var files = new LinkedHashMap<String, Path>();
        running.forEach(each -> files.put(each.host(), each.file()));
        return files;
    }

    /** Ends it; the files stay. */
    @Override
    public void close() throws IOException {
        running.forEach(each -> each.process().destroy());
        for (Running each : running) {
            try {
                if (!each.process().waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                    each.process().destroyForcibly();
                    throw new IOException("the capture of " + each.host() + " did not end in " + STOP_LIMIT_S + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                each.process().destroyForcibly();
            }
        }
    }

    static long dropped(String said) {
        Matcher matcher = DROPPED.matcher(said);
        if (!matcher.find()) {
            return 0;
        }
        return Long.parseLong(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    /** Until it says that it listens, or has made its file. */
    private static void awaitStart(Running each) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_S);
        while (!Files.exists(each.file()) || Files.size(each.file()) == 0) {
            boolean ended = pause(each.process(), 10);
            if (ended || System.nanoTime() - deadline > 0) {
                throw new IOException("the capture of " + each.host() + " does not start: "
                        + Files.readString(each.log()).strip());
            }
        }
    }

    /** Whether it has ended meanwhile. */
    private static boolean pause(Process process, long ms) throws IOException {
        try {
            return process.waitFor(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
