package org.sempervox.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortAllocatorTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void portsAreEvenAndOfTheRangeAndEndWithIt() {
        var ports = new PortAllocator(20000, 20005, 0, 0);
        assertThat(ports.take(0)).hasValue(20000);
        assertThat(ports.take(0)).hasValue(20002);
        assertThat(ports.take(0)).hasValue(20004);
        assertThat(ports.take(0)).isEmpty();
    }

    @Test
    void aPortRestsForTenSeconds() {
        var ports = new PortAllocator(20000, 20003, 0, 0);
        ports.take(0);
        ports.take(0);
        ports.release(20002, 5 * SECOND);
        assertThat(ports.take(15 * SECOND - 1)).isEmpty();
        assertThat(ports.take(15 * SECOND)).hasValue(20002);
    }

    @Test
    void anotherOwnerBeginsElsewhere() {
        assertThat(new PortAllocator(20000, 20199, 73, 0).take(0)).hasValue(20146);
        assertThat(new PortAllocator(20000, 20199, -1, 0).take(0)).hasValue(20198);
    }

    @Test
    void claimedPortsAreNotGivenAndPortsOfOthersAreNotTaken() {
        var ports = new PortAllocator(20000, 20003, 0, 0);
        assertThat(ports.claim(20000)).isTrue();
        assertThat(ports.claim(20000)).isFalse();
        assertThat(ports.claim(19998)).isFalse();
        assertThat(ports.claim(20001)).isFalse();
        assertThat(ports.claim(20004)).isFalse();
        assertThat(ports.take(0)).hasValue(20002);
        assertThat(ports.take(0)).isEmpty();
    }

    /** Takes, claims, releases and waits at random; what was given is checked against a plain model. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyHistoryKeepsThePromises(long seed) {
        var random = new Random(seed);
        int pairs = 5 + random.nextInt(30);
        long now = random.nextLong();
        var ports = new PortAllocator(10000, 10000 + 2 * pairs - 1, random.nextInt(), now);
        Set<Integer> used = new HashSet<>();
        Map<Integer, Long> released = new HashMap<>();
        LinkedHashSet<Integer> order = new LinkedHashSet<>();
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(SECOND);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    OptionalInt given = ports.take(now);
                    if (given.isPresent()) {
                        int port = given.getAsInt();
                        assertThat(used.add(port)).isTrue();
                        assertThat(port % 2).isZero();
                        assertThat(port).isBetween(10000, 10000 + 2 * pairs - 2);
                        Long since = released.remove(port);
                        assertThat(since == null || now - since >= 10 * SECOND).isTrue();
                        assertThat(order.isEmpty() || since == null || order.getFirst() == port)
                                .isTrue();
                        order.remove(port);
                    } else {
                        long time = now;
                        assertThat(used.size() + released.size()).isEqualTo(pairs);
                        assertThat(released.values()).allMatch(since -> time - since < 10 * SECOND);
                    }
                }
                case 2 -> {
                    int port = 10000 + 2 * random.nextInt(pairs);
                    assertThat(ports.claim(port)).isEqualTo(used.add(port));
                    released.remove(port);
                    order.remove(port);
                }
                default -> {
                    if (!used.isEmpty()) {
                        int port = List.copyOf(used).get(random.nextInt(used.size()));
                        ports.release(port, now);
                        used.remove(port);
                        released.put(port, now);
                        order.add(port);
                    }
                }
            }
            assertThat(ports.inUse()).isEqualTo(used.size());
        }
    }
}
