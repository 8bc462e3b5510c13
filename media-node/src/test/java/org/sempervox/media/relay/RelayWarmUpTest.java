package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayWarmUpTest {
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aPacketGoesRoundThroughTwoSessions(String transport) {
        assertThat(RelayWarmUp.run(transport)).isGreaterThan(100);
    }

    @Test
    void portsThatAreTakenArePassedOver() throws Exception {
        try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();
            int[] first = {44_000, port, port - 4};
            var asked = new AtomicInteger();
            long packets = RelayWarmUp.run("epoll", () -> {
                int number = asked.getAndIncrement();
                return number < first.length
                        ? first[number]
                        : 40_000 + 2 * ThreadLocalRandom.current().nextInt(5_000);
            });
            assertThat(packets).isGreaterThan(100);
            assertThat(asked).hasValueGreaterThan(first.length);
        }
    }
}
