package org.sempervox.media.relay;

import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Rings of Linux' io_uring: one system call per round instead of two per packet. */
public final class UringTransport implements RelayTransport {
    private static final Duration END = Duration.ofSeconds(3);

    private final List<UringLoop> loops = new ArrayList<>();

    /** Whether io_uring can be used here; tried out once, which takes some milliseconds. */
    public static boolean available() {
        return UringProbe.works();
    }

    /** Starts the loops; {@code rounds} makes the round of each. Throws {@link UncheckedIOException} where the kernel refuses. */
    public UringTransport(int loopCount, Supplier<Round> rounds) {
        try {
            for (int i = 0; i < loopCount; i++) {
                var loop = new UringLoop("media-uring-" + i, rounds.get());
                loop.start();
                loops.add(loop);
            }
        } catch (IOException notHere) {
            close();
            throw new UncheckedIOException(notHere.getMessage(), notHere);
        }
    }

    @Override
    public String name() {
        return "uring";
    }

    @Override
    public List<UringLoop> loops() {
        return loops;
    }

    @Override
    public RelaySocket bind(InetSocketAddress local, Binding binding) throws IOException {
        LinuxSocket socket = NativeSockets.bind(local, binding);
        return new UringSocket(
                socket, local.getPort() == 0 ? socket.localAddress().getPort() : local.getPort());
    }

    @Override
    public void close() {
        loops.forEach(UringLoop::stop);
        try {
            for (UringLoop loop : loops) {
                loop.awaitEnd(END);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
