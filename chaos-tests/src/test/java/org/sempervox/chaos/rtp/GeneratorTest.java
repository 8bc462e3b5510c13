package org.sempervox.chaos.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    @TempDir
    Path folder;

    @Test
    void twoPhonesHearEachOtherWithoutLoss() throws Exception {
        InetSocketAddress one = free();
        InetSocketAddress other = free();
        Path file = folder.resolve("streams");
        Stream.write(file, List.of(new Stream(one, other), new Stream(other, one)));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Generator.class.getName(),
                        file.toString(),
                        "1",
                        "1")
                .redirectErrorStream(true)
                .start();
        List<String> said;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            said = new ArrayList<>(out.lines().toList());
        }
        assertThat(process.waitFor()).as("%s", said).isZero();
        assertThat(said).hasSize(3).startsWith("begin", "end");
        JsonNode result = new ObjectMapper().readTree(said.getLast().substring("result ".length()));
        assertThat(result.path("sent").asLong()).isEqualTo(100);
        assertThat(result.path("received").asLong()).isEqualTo(100);
        assertThat(result.path("unstamped").asLong()).isZero();
        assertThat(result.path("delayUs").path("p50").asDouble()).isBetween(1.0, 20_000.0);
    }

    @Test
    void kernelStampsTheArrivalBetweenSendingAndReading() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var datagrams = new Datagrams(arena);
            InetSocketAddress one = free();
            InetSocketAddress other = free();
            int sender = datagrams.open(one, other);
            int receiver = datagrams.open(other, one);
            long before = datagrams.now();
            assertThat(datagrams.send(sender)).isTrue();
            int count = 0;
            while (count == 0) {
                count = datagrams.receive(receiver);
            }
            assertThat(count).isOne();
            assertThat(datagrams.length(0)).isEqualTo(Datagrams.SIZE);
            assertThat(datagrams.arrival(0)).isBetween(before, datagrams.now());
        }
    }

    @Test
    void histogramKnowsSharesAndTheMost() {
        var histogram = new Histogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.add(i * 1000L - 1);
        }
        histogram.add(500_000_000L);
        assertThat(histogram.micros(0.5)).isEqualTo(501);
        assertThat(histogram.micros(0.99)).isEqualTo(991);
        assertThat(histogram.mostMicros()).isEqualTo(500_000);
    }

    private static InetSocketAddress free() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
        }
    }
}
