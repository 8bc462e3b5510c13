package org.sempervox.cluster.membership;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.membership.Evidence.Probe;
import org.sempervox.cluster.settings.MemberSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's connection to one peer's liveness port: carries heartbeats, and tells when the peer is proved dead. */
final class LivenessLink {
    /** Called on the link's thread. */
    interface Observer {
        void acknowledged(Peer peer, long sentAt, NodeSays now);

        /** The peer has answered; {@code says} is what its version can say, bits of {@link Frame}. */
        void met(Peer peer, long says);

        /** The peer says that this node is no member any more. */
        void gone(Peer peer);

        void died(Peer peer, String proof);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LivenessLink.class);
    private static final int CONNECT_MS = 500;
    private static final long FIRST_RETRY = 5_000_000L;
    private static final long LAST_RETRY = 250_000_000L;

    /** A peer that has stopped reading gets no more than this, so that sending never blocks. */
    private static final int MOST_UNANSWERED = 200;

    private final Peer peer;
    private final long self;
    private final Observer observer;
    private final Evidence evidence;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean takesBallots;
    private volatile @Nullable Socket socket;
    private @Nullable DataOutputStream out;

    LivenessLink(Peer peer, long self, Observer observer) {
        this.peer = peer;
        this.self = self;
        this.observer = observer;
        this.evidence = new Evidence(peer.uid());
    }

    void start() {
        Thread.ofPlatform().daemon().name("liveness-" + peer.name()).start(this::run);
    }

    void close() {
        closed = true;
        Socket now = socket;
        if (now != null) {
            LivenessServer.closeQuietly(now);
        }
    }

    /** Sends if connected; a failure shows on the reading side. */
    synchronized void send(Frame frame) {
        DataOutputStream target = out;
        if (target == null
                || unanswered.get() > MOST_UNANSWERED
                || frame.type() == Frame.Type.BALLOT && !takesBallots) {
            return;
        }
        try {
            unanswered.incrementAndGet();
            frame.write(target);
        } catch (IOException e) {
            out = null;
        }
    }

    private void run() {
        long retry = FIRST_RETRY;
        while (!closed) {
            if (converse()) {
                retry = FIRST_RETRY;
            }
            if (closed || proved()) {
                return;
            }
            LockSupport.parkNanos(retry);
            retry = Math.min(LAST_RETRY, retry * 2);
        }
    }

    /** One connection from start to end; true if this incarnation answered. */
    private boolean converse() {
        boolean met = false;
        try (var connection = new Socket()) {
            socket = connection;
            connection.setTcpNoDelay(true);
            connection.connect(address(MemberSettings.LIVENESS_OFFSET), CONNECT_MS);
            connection.setSoTimeout(CONNECT_MS);
            var in = new DataInputStream(new BufferedInputStream(connection.getInputStream(), 512));
            Frame hello = Frame.read(in);
            long uid = hello.a();
            evidence.liveness(new Probe.Answered(uid));
            if (uid != peer.uid()) {
                return false;
            }
            met = true;
            takesBallots = (hello.b() & Frame.BALLOTS) != 0;
            observer.met(peer, hello.b());
            connection.setSoTimeout(0);
            greet(connection);
            while (true) {
                receive(Frame.read(in));
            }
        } catch (IOException e) {
            if (!met) {
                evidence.liveness(Evidence.of(e));
            }
        } finally {
            forgetOutput();
        }
        if (!closed && evidence.suspicious()) {
            evidence.cluster(probeClusterPort());
        }
        return met;
    }

    private boolean proved() {
        var proof = evidence.proofOfDeath();
        proof.ifPresent(text -> {
            LOG.info("{} is dead: {}", peer.name(), text);
            observer.died(peer, text);
        });
        return proof.isPresent();
    }

    private void receive(Frame frame) throws IOException {
        unanswered.set(0);
        switch (frame.type()) {
            case ACK -> observer.acknowledged(peer, frame.a(), NodeSays.of(frame.b()));
            case GONE -> observer.gone(peer);
            case HELLO, BEAT, VOTE, BALLOT -> throw new IOException("unexpected " + frame.type());
        }
    }

    private synchronized void greet(Socket connection) throws IOException {
        var target = new DataOutputStream(connection.getOutputStream());
        new Frame(Frame.Type.HELLO, self, 0).write(target);
        unanswered.set(0);
        out = target;
    }

    private synchronized void forgetOutput() {
        out = null;
    }

    private Probe probeClusterPort() {
        try (var probe = new Socket()) {
            probe.connect(address(0), CONNECT_MS);
            return new Probe.Unclear();
        } catch (IOException e) {
            return Evidence.of(e);
        }
    }

    private InetSocketAddress address(int offset) {
        return new InetSocketAddress(peer.host(), peer.port() + offset);
    }
}
