package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.FreePorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two real remotings; what the second one sends to the first goes through a wire that can hold it back, as a kernel does. */
class HandshakeSerializerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeSerializerTest.class);
    private static final String OFTEN = "50 ms";
    private static final String SELDOM = "1 s";
    private static final int QUESTIONS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Passes on what comes; from {@link #hold} on it keeps what comes by the connections of that time until {@link #release}. */
    private static final class Wire implements AutoCloseable {
        private final ServerSocket near = new ServerSocket(0, 50, HERE);
        private final int far;
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger held = new AtomicInteger();
        private volatile boolean holding;

        Wire(int far) throws IOException {
            this.far = far;
            Thread.ofPlatform().daemon().start(this::accept);
        }

        int port() {
            return near.getLocalPort();
        }

        void hold() {
            holding = true;
        }

        /** What comes by new connections passes. */
        void passNew() {
            holding = false;
        }

        void release() {
            released.countDown();
        }

        /** Octets. */
        int held() {
            return held.get();
        }

        private void accept() {
            try {
                while (true) {
                    Socket from = near.accept();
                    var to = new Socket(HERE, far);
                    from.setTcpNoDelay(true);
                    to.setTcpNoDelay(true);
                    sockets.addAll(List.of(from, to));
                    Thread.ofPlatform().daemon().start(() -> pass(from, to, true));
                    Thread.ofPlatform().daemon().start(() -> pass(to, from, false));
                }
            } catch (IOException e) {
                assertThat(near.isClosed()).isTrue();
            }
        }

        private void pass(Socket from, Socket to, boolean holds) {
            var kept = new ByteArrayOutputStream();
            try {
                passOn(from.getInputStream(), to.getOutputStream(), holds, kept);
            } catch (IOException e) {
                // The end of one of the two, as intended here; what was kept is delivered all the same.
                LOG.debug("ended", e);
            }
            try {
                if (kept.size() > 0) {
                    released.await();
                    to.getOutputStream().write(kept.toByteArray());
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void passOn(InputStream in, OutputStream out, boolean holds, ByteArrayOutputStream kept)
                throws IOException {
            var bytes = new byte[65_536];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (holds && (holding || kept.size() > 0)) {
                    kept.write(bytes, 0, n);
                    held.addAndGet(n);
                } else {
                    out.write(bytes, 0, n);
                }
            }
        }

        @Override
        public void close() throws IOException {
            near.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Sends back what it is told. */
    private static final class Echo extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(String.class, text -> getSender().tell(text, getSelf()))
                    .build();
        }
    }

    private static ActorSystem start(int canonical, int bound, String greeting) {
        Config config = ConfigFactory.parseMap(Map.of(
                        "pekko.actor.provider",
                        "remote",
                        "pekko.remote.artery.canonical.hostname",
                        HERE.getHostAddress(),
                        "pekko.remote.artery.canonical.port",
                        canonical,
                        "pekko.remote.artery.bind.port",
                        bound,
                        "pekko.remote.artery.advanced.inject-handshake-interval",
                        greeting,
                        "pekko.remote.use-unsafe-remote-features-outside-cluster",
                        "on",
                        "pekko.loglevel",
                        "WARNING"))
                .withFallback(ConfigFactory.parseResources("sempervox.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        ActorSystem system = ActorSystem.create("sempervox", config);
        system.actorOf(Props.create(Echo.class, Echo::new), "echo");
        return system;
    }

    private static ArteryTransport remoting(ActorSystem system) {
        var provider = (RemoteActorRefProvider) ((ExtendedActorSystem) system).provider();
        return (ArteryTransport) provider.transport();
    }

    private static void ask(ActorSystem system, int port, String text, TestKit answer) {
        system.actorSelection("pekko://sempervox@" + HERE.getHostAddress() + ":" + port + "/user/echo")
                .tell(text, answer.getRef());
    }

    /** Asks until there is an answer; who gave it. */
    private static ActorRef reach(ActorSystem system, int port) {
        var answer = new TestKit(system);
        answer.awaitAssert(LIMIT, Duration.ofMillis(50), () -> {
            ask(system, port, "there?", answer);
            return answer.expectMsg(Duration.ofMillis(50), "there?");
        });
        return answer.getLastSender();
    }

    private ActorSystem a;
    private Wire wire;
    private int port;

    @BeforeEach
    void start() throws IOException {
        int bound = FreePorts.row(1);
        wire = new Wire(bound);
        a = start(wire.port(), bound, SELDOM);
        port = FreePorts.row(1);
    }

    @AfterEach
    void stop() throws IOException {
        TestKit.shutdownActorSystem(a);
        wire.close();
    }

    @Test
    void aHandshakeThatComesAfterThatOfTheNextIncarnationIsRefused_S15() throws Exception {
        ActorSystem before = start(port, port, OFTEN);
        reach(a, port);
        reach(before, wire.port());
        wire.hold();
        ask(before, wire.port(), "held", new TestKit(before));
        new TestKit(a).awaitAssert(LIMIT, () -> {
            ask(before, wire.port(), "held", new TestKit(before));
            assertThat(wire.held()).isGreaterThan(10_000);
            return null;
        });
        long old = remoting(before).localAddress().uid();
        Address address = remoting(before).localAddress().address();
        TestKit.shutdownActorSystem(before, LIMIT, true);
        // a system has terminated a moment before its listener is closed
        Eventually.holds("the port is free again", LIMIT, () -> FreePorts.free(port));
        wire.passNew();
        remoting(a).quarantine(address, scala.Some.apply(old), "removed");
        Departed.get(a).add(old);

        ActorSystem after = start(port, port, SELDOM);
        try {
            reach(after, wire.port());
            // Not by a selection: those are sent to whoever is quarantined, too.
            ActorRef echo = reach(a, port);
            wire.release();
            var answer = new TestKit(a);
            for (int i = 0; i < QUESTIONS; i++) {
                echo.tell("question " + i, answer.getRef());
                answer.expectMsg(Duration.ofSeconds(5), "question " + i);
            }
        } finally {
            TestKit.shutdownActorSystem(after);
        }
    }
}
