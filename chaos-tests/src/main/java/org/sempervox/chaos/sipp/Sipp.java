package org.sempervox.chaos.sipp;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.cluster.settings.SettingsProblem;

/** The program, the folder for the files of its runs, and where its phones are. */
public final class Sipp {
    private static final String HOST = "127.0.0.1";
    private static final String DOMAIN = "sempervox.local";

    /** More than any rate leaves open, and below the usual limit of open files, which SIPp would complain about. */
    private static final String MOST_OPEN = "15000";

    private final Path program;
    private final Path folder;
    private final String host;
    private final String domain;
    private final Started started;

    private Sipp(Path program, Path folder, String host, String domain, Started started) {
        this.program = program;
        this.folder = folder;
        this.host = host;
        this.domain = domain;
        this.started = started;
    }

    /** Gets each process as soon as it is there. */
    @FunctionalInterface
    public interface Started {
        void started(ProcessHandle process) throws IOException;
    }

    /** The one on the PATH; none is a SettingsProblem that names the package. */
    public static Path find() {
        return find(System.getenv().getOrDefault("PATH", ""));
    }

    /** The one in the folders of that path. */
    public static Path find(String path) {
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(entry, "sipp");
            if (!entry.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new SettingsProblem("sipp", "no such program on the PATH", "SIPp (Debian: apt-get install sip-tester)");
    }

    /** All phones are on 127.0.0.1. */
    public static Sipp in(Path folder) throws IOException {
        return in(folder, HOST, DOMAIN, _ -> {});
    }

    /**
     * Phones of another host or domain.
     *
     * @param host numeric address that they bind
     * @param domain of their addresses of record
     */
    public static Sipp in(Path folder, String host, String domain, Started started) throws IOException {
        Path program = find();
        Files.createDirectories(folder);
        return new Sipp(program, folder.toAbsolutePath(), host, domain, started);
    }

    public Path folder() {
        return folder;
    }

    /** A UDP port of 127.0.0.1 that nobody has now. */
    public static int freePort() throws IOException {
        return freePort(HOST);
    }

    static int freePort(String host) throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral(host))) {
            return socket.getLocalPort();
        }
    }

    /** Phones that wait for calls on a port that was free. */
    public SippRun serve(String label, Scenario scenario) throws IOException {
        return start(label, scenario, freePort(host), List.of());
    }

    /** Phones that wait for calls on that port. */
    public SippRun serve(String label, Scenario scenario, int port, List<String> more) throws IOException {
        return start(label, scenario, port, more);
    }

    /** So many calls (or registrations) at that rate; the file's lines are used in turn. */
    public SippRun load(
            String label,
            Scenario scenario,
            InetSocketAddress target,
            Path injection,
            int calls,
            double rate,
            List<String> more)
            throws IOException {
        // -l: SIPp would else place fewer calls when the other side is slow, and hide that it is.
        var arguments =
                new ArrayList<>(List.of("-inf", injection.toString(), "-m", Integer.toString(calls), "-l", MOST_OPEN));
        arguments.addAll(rate(rate));
        arguments.addAll(more);
        arguments.add(target.getAddress().getHostAddress() + ":" + target.getPort());
        return start(label, scenario, freePort(host), arguments);
    }

    /** SIPp counts whole calls per period, and spreads them over it. */
    static List<String> rate(double perSecond) {
        if (perSecond == Math.rint(perSecond)) {
            return List.of("-r", Long.toString((long) perSecond));
        }
        return perSecond * 10 == Math.rint(perSecond * 10)
                ? List.of("-r", Long.toString(Math.round(perSecond * 10)), "-rp", "10000")
                : List.of("-r", Long.toString(Math.round(perSecond * 1000)), "-rp", "1000000");
    }

    private SippRun start(String label, Scenario scenario, int port, List<String> arguments) throws IOException {
        Path statistics = folder.resolve(label + ".csv");
        Path errors = folder.resolve(label + ".err");
        Files.deleteIfExists(statistics);
        Files.deleteIfExists(errors);
        var command = new ArrayList<>(List.of(
                program.toString(),
                "-sf",
                scenario.write(folder, domain).toString(),
                "-i",
                host,
                "-p",
                Integer.toString(port),
                "-nostdin",
                "-trace_err",
                "-error_file",
                errors.toString(),
                "-trace_stat",
                "-stf",
                statistics.toString(),
                "-fd",
                "1"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(label + ".out").toFile())
                .start();
        started.started(process.toHandle());
        return new SippRun(label, process, port, statistics, errors);
    }
}
