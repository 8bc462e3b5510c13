package org.sempervox.chaos.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sempervox.chaos.rtp.Stream;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Registering;
import org.sempervox.chaos.sipp.Scenario;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.sipp.SippRun;

/** Calls that SIPp sets up for a generator of RTP: who sends from where to where. They last until this is closed. */
final class AudioCalls implements AutoCloseable {
    private static final double RATE = 100;
    private static final int MOST_PHONES = 1000;
    private static final int FIRST_PORT = 10_000;
    private static final long TALK_MS = TimeUnit.HOURS.toMillis(10);

    private final List<Stream> streams;
    private final SippRun callers;
    private final SippRun callees;

    private AudioCalls(List<Stream> streams, SippRun callers, SippRun callees) {
        this.streams = streams;
        this.callers = callers;
        this.callees = callees;
    }

    static Numbers numbers(int calls) {
        return new Numbers(2 * Math.min(MOST_PHONES, calls));
    }

    /** Returns when all are established; {@code host} is where their RTP is. */
    static AudioCalls establish(Sipp sipp, InetSocketAddress at, InetAddress host, int calls)
            throws IOException, InterruptedException {
        List<Integer> all = numbers(calls).spread(2 * MOST_PHONES);
        List<Integer> callers = all.subList(0, all.size() / 2);
        List<Integer> callees = all.subList(all.size() / 2, all.size());
        Path folder = sipp.folder();
        Path answered = folder.resolve("answered.log");
        Path offered = folder.resolve("offered.log");
        Path ports = Numbers.ports(folder.resolve("callees.inf"), calls, FIRST_PORT + 2 * calls);
        SippRun server = sipp.serve(
                "callees", Scenario.CALLEE_WITH_AUDIO, Sipp.freePort(), audio(host, offered, "-inf", ports.toString()));
        Registering.all(sipp, "register", at, callees, server.port(), RATE);
        Path lines = Numbers.callsWithAudio(folder.resolve("callers.inf"), callers, callees, calls, FIRST_PORT);
        SippRun load = sipp.load(
                "callers",
                Scenario.CALLER_WITH_AUDIO,
                at,
                lines,
                calls,
                RATE,
                audio(host, answered, "-d", Long.toString(TALK_MS)));
        await(load, answered, offered, calls);
        var streams = new ArrayList<Stream>(streams(host, answered));
        streams.addAll(streams(host, offered));
        return new AudioCalls(streams, load, server);
    }

    private static List<String> audio(InetAddress host, Path log, String... more) {
        var arguments =
                new ArrayList<>(List.of("-mi", host.getHostAddress(), "-trace_logs", "-log_file", log.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static void await(SippRun load, Path answered, Path offered, int calls)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Registering.limit(calls, RATE).toNanos();
        while (count(answered) < calls || count(offered) < calls) {
            if (System.nanoTime() > deadline || !load.process().isAlive()) {
                throw new IOException(count(answered) + " of " + calls + " calls were answered: " + load.lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static long count(Path log) throws IOException {
        return Files.exists(log) ? streamLines(log).size() : 0;
    }

    /** SIPp buffers what it logs: a line that is not whole yet does not count. */
    private static List<String> streamLines(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches("[0-9]+ [0-9.]+ [0-9]+"))
                .toList();
    }

    private static List<Stream> streams(InetAddress host, Path log) throws IOException {
        var all = new ArrayList<Stream>();
        for (String line : streamLines(log)) {
            String[] words = line.split(" ", -1);
            all.add(new Stream(
                    new InetSocketAddress(host, Integer.parseInt(words[0])),
                    new InetSocketAddress(InetAddress.ofLiteral(words[1]), Integer.parseInt(words[2]))));
        }
        return all;
    }

    List<Stream> streams() {
        return streams;
    }

    List<Process> processes() {
        return List.of(callers.process(), callees.process());
    }

    @Override
    public void close() {
        callers.close();
        callees.close();
    }
}
