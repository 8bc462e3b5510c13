package org.sempervox.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.sip.Flow;

class UdpTransportTest {
    private final AtomicBoolean fence = new AtomicBoolean(true);
    private final BlockingQueue<String> first = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> second = new LinkedBlockingQueue<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<UdpTransport> open = new ArrayList<>();
    private final DatagramSocket phone;
    private final ServiceAddress address;

    UdpTransportTest() throws Exception {
        phone = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        phone.setSoTimeout(5000);
        try (var free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            address = new ServiceAddress(0, "127.0.0.1", free.getLocalPort(), 20_000, 20_100, "a");
        }
    }

    @AfterEach
    void stop() {
        open.forEach(UdpTransport::close);
        phone.close();
    }

    private UdpTransport transport(BlockingQueue<String> into) {
        return transport(into, Duration.ofMillis(500));
    }

    private UdpTransport transport(BlockingQueue<String> into, Duration handOver) {
        var transport = new UdpTransport(
                fence::get,
                (from, data) -> {
                    String text = new String(data, StandardCharsets.UTF_8);
                    if (text.equals("overflow")) {
                        throw new StackOverflowError();
                    }
                    into.add(text);
                },
                (delay, action) -> later.add(action),
                handOver);
        open.add(transport);
        return transport;
    }

    private void say(String text) throws Exception {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        phone.send(new DatagramPacket(data, data.length, InetAddress.ofLiteral("127.0.0.1"), address.sipPort()));
    }

    private static String heard(BlockingQueue<String> queue) throws Exception {
        return String.valueOf(queue.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void answersLeaveFromTheServiceAddress_S15() throws Exception {
        var transport = transport(first);
        transport.own(List.of(address));
        say("hello");
        assertThat(heard(first)).isEqualTo("hello");
        Flow flow = Flow.udp(0, "127.0.0.1", phone.getLocalPort());
        assertThat(transport.send(flow, new byte[] {1, 2})).isEqualTo(Sent.SENT);
        var packet = new DatagramPacket(new byte[10], 10);
        phone.receive(packet);
        assertThat(packet.getPort()).isEqualTo(address.sipPort());
        assertThat(packet.getLength()).isEqualTo(2);
    }

    @Test
    void lastBinderOfAnAddressGetsItsPackets_S15() throws Exception {
        var frozen = transport(first);
        frozen.own(List.of(address));
        say("one");
        assertThat(heard(first)).isEqualTo("one");
        var survivor = transport(second);
        survivor.own(List.of(address));
        for (int i = 0; i < 20; i++) {
            say("two " + i);
            assertThat(heard(second)).isEqualTo("two " + i);
        }
        assertThat(first).isEmpty();
    }

    @Test
    void lostAddressIsServedUntilTheLingerEnds() throws Exception {
        var transport = transport(first);
        transport.own(List.of(address));
        assertThat(transport.own(List.of())).containsExactly(0);
        say("late");
        assertThat(heard(first)).isEqualTo("late");
        Flow flow = Flow.udp(0, "127.0.0.1", phone.getLocalPort());
        assertThat(transport.send(flow, new byte[1])).isEqualTo(Sent.SENT);
        later.forEach(Runnable::run);
        assertThat(transport.send(flow, new byte[1])).isEqualTo(Sent.NOT_SERVED);
        assertThat(transport.idle()).isTrue();
    }

    @Test
    void addressThatMovesToAnotherMachineIsClosedAtOnce_S15() {
        var transport = transport(first, Duration.ZERO);
        transport.own(List.of(address));
        assertThat(transport.own(List.of())).containsExactly(0);
        Flow flow = Flow.udp(0, "127.0.0.1", phone.getLocalPort());
        assertThat(transport.send(flow, new byte[1])).isEqualTo(Sent.NOT_SERVED);
        assertThat(transport.idle()).isTrue();
    }

    @Test
    void addressThatComesBackIsBoundAnew() throws Exception {
        var transport = transport(first);
        transport.own(List.of(address));
        transport.own(List.of());
        transport.own(List.of(address));
        later.forEach(Runnable::run);
        say("again");
        assertThat(heard(first)).isEqualTo("again");
        assertThat(transport.serving()).containsExactly(address);
    }

    @Test
    void closedFenceIsSilentAndDeaf_S21() throws Exception {
        var transport = transport(first);
        transport.own(List.of(address));
        fence.set(false);
        say("thrown away");
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (transport.counters().discarded.sum() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        Flow flow = Flow.udp(0, "127.0.0.1", phone.getLocalPort());
        assertThat(transport.send(flow, new byte[1])).isEqualTo(Sent.FENCED);
        fence.set(true);
        say("kept");
        assertThat(heard(first)).isEqualTo("kept");
        assertThat(transport.counters().figures()).containsEntry("fenced", 1L).containsEntry("discarded", 1L);
    }

    @Test
    void listenerSurvivesErrors() throws Exception {
        var transport = transport(first);
        transport.own(List.of(address));
        for (int i = 0; i < 10; i++) {
            say("overflow");
        }
        say("alive");
        assertThat(heard(first)).isEqualTo("alive");
        assertThat(transport.counters().figures()).containsEntry("survived", 10L);
    }

    @Test
    void deafNodeEndsItself() throws Exception {
        var halts = new AtomicInteger();
        var deaf = transport(first);
        deaf.own(List.of(address));
        var watchdog = new Watchdog(deaf, fence::get, halts::incrementAndGet);
        var thief = transport(second);
        thief.own(List.of(address));
        for (int i = 0; i < Watchdog.LIMIT; i++) {
            watchdog.tick();
        }
        assertThat(halts.get()).isZero();
        fence.set(false);
        watchdog.tick();
        fence.set(true);
        for (int i = 0; i < Watchdog.LIMIT; i++) {
            watchdog.tick();
        }
        assertThat(halts.get()).isZero();
        watchdog.tick();
        assertThat(halts.get()).isEqualTo(1);
    }

    @Test
    void refusedPacketIsAFailure() {
        var transport = transport(first);
        transport.own(List.of(address));
        assertThat(transport.send(Flow.udp(0, "phone.example", 5060), new byte[1]))
                .isEqualTo(Sent.FAILED);
        assertThat(transport.send(Flow.udp(0, "127.0.0.1", 0), new byte[1])).isIn(Sent.FAILED, Sent.SENT);
    }
}
