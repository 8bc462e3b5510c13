package org.sempervox.media.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sempervox.media.relay.RelayTransport.Binding;

/**
 * Whether io_uring can be used: containers often forbid it, {@code kernel.io_uring_disabled} may be set, the kernel may be too old. A
 * packet is received, sent by the ring to itself and received again with its source.
 */
final class UringProbe {
    private static final System.Logger LOG = System.getLogger(UringProbe.class.getName());
    private static final String HOST = "127.0.0.1";
    private static final int OCTETS = 172;
    private static final long LONGEST_SECONDS = 2;

    private UringProbe() {}

    /** Asked once per JVM; what stands against it is logged once. */
    static boolean works() {
        return Answer.WORKS;
    }

    private static final class Answer {
        static final boolean WORKS = found();

        private static boolean found() {
            String hindrance = hindrance();
            if (hindrance != null) {
                LOG.log(System.Logger.Level.INFO, "io_uring is not used: {0}", hindrance);
            }
            return hindrance == null;
        }
    }

    private static @Nullable String hindrance() {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN || !EpollTransport.available()) {
            return "not a Linux that is known";
        }
        try (var transport = new UringTransport(1, () -> new Round(System::nanoTime, () -> true));
                DatagramChannel phone = DatagramChannel.open()) {
            var host = InetAddress.ofLiteral(HOST);
            RelaySocket socket = transport.bind(new InetSocketAddress(host, 0), Binding.EXCLUSIVE);
            Endpoint itself = Endpoint.of(host, socket.localPort());
            var heard = new CountDownLatch(1);
            RelayLoop loop = transport.loops().getFirst();
            loop.execute(() -> loop.attach(socket, packet -> {
                if (!itself.is(packet.sourceHigh, packet.sourceLow, packet.sourcePort)) {
                    socket.send(packet, itself);
                } else if (packet.length() == OCTETS) {
                    heard.countDown();
                }
            }));
            phone.send(ByteBuffer.allocate(OCTETS), itself.socketAddress());
            return heard.await(LONGEST_SECONDS, TimeUnit.SECONDS) ? null : "a packet did not come round";
        } catch (IOException | UncheckedIOException | LinkageError refused) {
            return String.valueOf(refused.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
