package org.sempervox.cluster.membership;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener whose refusal proves this process's death: it lives exactly as long as the process and is never closed earlier on purpose
 * (tests of several nodes in one process excepted).
 */
final class LivenessServer {
    /** Answers what peers send. Called on the connection's thread. */
    interface Answers {
        /** The reply to a heartbeat. */
        Frame beat(long from, Frame beat);

        /** What that peer says before its heartbeats. */
        void greeted(long from, Greeting greeting);

        void vote(long from, long dead);

        void ballot(long from, long code);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LivenessServer.class);

    private final ServerSocket server;
    private final long uid;
    private final Answers answers;
    private final java.util.Set<Socket> connections = java.util.concurrent.ConcurrentHashMap.newKeySet();

    LivenessServer(String host, int port, long uid, Answers answers) throws IOException {
        this.uid = uid;
        this.answers = answers;
        this.server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName(host), port), 64);
    }

    void start() {
        Thread.ofPlatform().daemon().name("liveness-accept").start(this::accept);
    }

    /** As if the process had ended. */
    void abort() {
        closeQuietly(server);
        connections.forEach(LivenessServer::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofPlatform().daemon().name("liveness-peer").start(() -> serve(socket));
            } catch (IOException e) {
                // EMFILE and the like: the listener must go on, at a pace that cannot burn a core
                if (!server.isClosed()) {
                    LOG.warn("liveness port: {}", e.toString());
                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var out = new DataOutputStream(socket.getOutputStream());
            new Frame(Frame.Type.HELLO, uid, Frame.TELLS | Frame.BALLOTS).write(out);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
            long from = 0;
            while (true) {
                Frame frame = Frame.read(in);
                switch (frame.type()) {
                    case HELLO -> {
                        from = frame.a();
                        if (frame.b() != 0) {
                            answers.greeted(from, Greeting.of(frame.b()));
                        }
                    }
                    case BEAT -> answers.beat(from, frame).write(out);
                    case VOTE -> answers.vote(from, frame.a());
                    case BALLOT -> answers.ballot(from, frame.a());
                    case ACK, GONE -> throw new IOException("unexpected " + frame.type());
                }
            }
        } catch (IOException e) {
            LOG.debug("liveness connection ended: {}", e.toString());
        } finally {
            connections.remove(socket);
        }
    }

    static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.toString());
        }
    }
}
