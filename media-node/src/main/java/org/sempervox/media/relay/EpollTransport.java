package org.sempervox.media.relay;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Netty's epoll event loops with our own handles in them: one {@code recvfrom} and one {@code sendto} per packet, no garbage. */
public final class EpollTransport implements RelayTransport {
    private final MultiThreadIoEventLoopGroup group;
    private final List<Loop> loops = new ArrayList<>();

    /** Starts the loops; {@code rounds} makes the round of each. */
    public EpollTransport(int loopCount, Supplier<Round> rounds) {
        group = new MultiThreadIoEventLoopGroup(
                loopCount, new DefaultThreadFactory("media-epoll", true), EpollIoHandler.newFactory());
        for (int i = 0; i < loopCount; i++) {
            loops.add(new Loop(group.next(), rounds.get()));
        }
    }

    /** Whether native epoll can be used here. */
    public static boolean available() {
        return Epoll.isAvailable() && NativeDatagrams.available();
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public List<Loop> loops() {
        return loops;
    }

    @Override
    public RelaySocket bind(InetSocketAddress local, Binding binding) throws IOException {
        return new EpollSocket(NativeSockets.bind(local, binding), local.getPort());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    /** One of Netty's event loops. */
    static final class Loop implements RelayLoop {
        private final IoEventLoop netty;
        private final Round round;
        private final NativeDatagrams datagrams;
        private final Packet packet = new Packet();
        private final Runnable endOfRound = this::endRound;
        private boolean inRound;

        Loop(IoEventLoop netty, Round round) {
            this.netty = netty;
            this.round = round;
            this.datagrams = new NativeDatagrams(packet);
        }

        @Override
        public void execute(Runnable task) {
            netty.execute(() -> {
                round.begin();
                task.run();
            });
        }

        @Override
        public void every(Duration period, Runnable task) {
            var _ = netty.scheduleAtFixedRate(
                    () -> {
                        round.begin();
                        task.run();
                    },
                    period.toNanos(),
                    period.toNanos(),
                    TimeUnit.NANOSECONDS);
        }

        @Override
        public void attach(RelaySocket socket, PacketListener listener) {
            ((EpollSocket) socket).attach(netty, this, listener);
        }

        @Override
        public Round round() {
            return round;
        }

        /** Netty runs its queue after it has handled all ready sockets of a wake-up: that is where a round ends. */
        void beginRound() {
            if (!inRound) {
                inRound = true;
                round.begin();
                netty.execute(endOfRound);
            }
        }

        private void endRound() {
            inRound = false;
        }

        NativeDatagrams datagrams() {
            return datagrams;
        }

        Packet packet() {
            return packet;
        }
    }
}
