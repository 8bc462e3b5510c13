package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sempervox.chaos.bench.MediaReport.Row;
import org.sempervox.chaos.bench.MediaReport.Spread;
import org.sempervox.chaos.rtp.Generator;
import org.sempervox.chaos.rtp.Stream;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.usage.ProcessTime;
import org.sempervox.chaos.usage.Reading;
import org.sempervox.chaos.usage.Usage;

/** One row: a single node, real calls, and a process that plays the audio of all phones. */
final class MediaTrial {
    private final int warmUpSeconds;
    private final int seconds;
    private final Consumer<String> progress;

    MediaTrial(int warmUpSeconds, int seconds, Consumer<String> progress) {
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
        this.progress = progress;
    }

    Row run(Path folder, int calls) throws IOException, InterruptedException {
        try (BenchCluster cluster =
                BenchCluster.start(folder.resolve("cluster"), "1", AudioCalls.numbers(calls), 0, progress)) {
            InetSocketAddress at = cluster.process().addresses().getFirst();
            byte[] host = at.getAddress().getAddress();
            host[3] = 99;
            progress.accept("setting up " + calls + " calls");
            try (AudioCalls audio =
                    AudioCalls.establish(Sipp.in(folder.resolve("sipp")), at, InetAddress.getByAddress(host), calls)) {
                progress.accept("%d streams: %d s to warm up, %d s measured"
                        .formatted(audio.streams().size(), warmUpSeconds, seconds));
                return play(folder, cluster, audio, calls);
            }
        }
    }

    private Row play(Path folder, BenchCluster cluster, AudioCalls audio, int calls)
            throws IOException, InterruptedException {
        Path file = folder.resolve("streams");
        Stream.write(file, audio.streams());
        Process generator = generator(file);
        try (BufferedReader out = generator.inputReader(StandardCharsets.UTF_8)) {
            var living = new ArrayList<>(audio.processes());
            living.add(generator);
            expect(out, "begin");
            Reading before = cluster.reading(living);
            long generatorBefore = generatorMillis(generator);
            expect(out, "end");
            Usage usage = before.until(cluster.reading(living));
            long generatorMs = generatorMillis(generator) - generatorBefore;
            JsonNode result = new ObjectMapper().readTree(expect(out, "result "));
            generator.waitFor();
            return row(calls, usage, generatorMs, result);
        } finally {
            generator.destroyForcibly();
        }
    }

    private Process generator(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Generator.class.getName(),
                        file.toString(),
                        Integer.toString(warmUpSeconds),
                        Integer.toString(seconds))
                .redirectErrorStream(true)
                .start();
    }

    private static long generatorMillis(Process generator) throws IOException {
        return ProcessTime.of(generator.pid()).ownMillis();
    }

    /** What follows the word; any other line is what went wrong. */
    private static String expect(BufferedReader out, String word) throws IOException {
        String line = out.readLine();
        if (line == null || !line.startsWith(word)) {
            var said = new ArrayList<>(List.of(String.valueOf(line)));
            out.lines().limit(5).forEach(said::add);
            throw new IOException("the generator of audio said: " + String.join(" | ", said));
        }
        return line.substring(word.length());
    }

    private static Row row(int calls, Usage usage, long generatorMs, JsonNode result) {
        long sent = result.path("sent").asLong();
        long received = result.path("received").asLong();
        long lost = sent - received;
        return new Row(
                calls,
                usage.seconds(),
                sent,
                lost,
                100.0 * lost / sent,
                result.path("lateOrTwice").asLong(),
                lost == 0,
                sent / usage.seconds(),
                usage.nodesCpuMs() * 1000.0 / Math.max(1, received),
                usage.nodesCpuMs() / usage.seconds() / 10,
                Spread.of(result.path("delayUs")),
                Spread.of(result.path("lateUs")),
                generatorMs * 1000.0 / sent,
                usage.othersPercent());
    }
}
