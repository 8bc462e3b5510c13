package org.sempervox.media.relay;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A thread with a ring. A round is one system call: it submits the sends of the round before and brings the packets that have come
 * meanwhile. A busy loop waits up to {@link #GATHER_MICROS} for more than one packet: waking up costs about as much as a packet.
 */
final class UringLoop implements RelayLoop {
    private static final System.Logger LOG = System.getLogger(UringLoop.class.getName());
    /** With the 50 µs by which the kernel may let a timer be late, and the sending, p99 of the delay stays under 0.5 ms. */
    private static final int GATHER_MICROS = 200;

    /** Each of so many sockets may bring 32 packets at once: half of the buffers. */
    private static final int GATHER_PACKETS = 32;

    /** Busy: 16,000 packets/s, about 160 calls. */
    private static final int ESTIMATED_OVER = 64;

    private static final long BUSY_NANOS = 4_000_000;
    private static final int REQUESTS = 1024;
    private static final int ANSWERS = 4096;
    private static final int BUFFERS = 2048;
    /** Enough for any wait behind the requests of other sockets. */
    private static final int COLLECTIONS = 1000;

    private static final int MOST_FAILURES = 16;
    private static final int AT_ONCE = 32;

    /** What a request is stands in the upper half of its label; the socket's place in the lower one. */
    private static final int KIND_SHIFT = 32;

    private static final int RECEIVE = 1;
    private static final int SEND = 2;
    private static final int WAKE = 3;

    private final Round round;
    private final LoopTasks tasks;
    private final Uring ring;
    private final UringBuffers buffers;
    private final int counter;
    private final MemorySegment counted = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<@Nullable UringSocket> sockets = new ArrayList<>();
    private final ArrayDeque<Integer> freePlaces = new ArrayDeque<>();
    private final ArrayDeque<UringSocket> pending = new ArrayDeque<>();
    private Runnable refused = () -> {};
    private boolean listeningForWakes;
    private int untilEstimate = ESTIMATED_OVER;
    private long estimated = System.nanoTime();
    private boolean busy;
    /** The kernel may still write into the buffers. */
    private boolean late;

    private boolean counterClosed;
    private volatile boolean stopped;

    UringLoop(String name, Round round) throws IOException {
        this.round = round;
        this.tasks = new LoopTasks(round);
        ring = new Uring(REQUESTS, ANSWERS);
        try {
            buffers = new UringBuffers(ring, BUFFERS);
        } catch (IOException notHere) {
            ring.close();
            throw notHere;
        }
        counter = new UringCalls().counter();
        if (counter < 0) {
            ring.close();
            buffers.close();
            throw new IOException("eventfd: error " + -counter);
        }
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    @Override
    public void every(Duration period, Runnable task) {
        tasks.add(period, task);
        wake();
    }

    @Override
    public void onRefusal(Runnable task) {
        execute(() -> refused = task);
    }

    @Override
    public void attach(RelaySocket socket, PacketListener listener) {
        var uring = (UringSocket) socket;
        uring.attach(this, listener);
        Integer free = freePlaces.poll();
        if (free == null) {
            uring.place = sockets.size();
            sockets.add(uring);
        } else {
            uring.place = free;
            sockets.set(free, uring);
        }
        receive(uring);
    }

    @Override
    public Round round() {
        return round;
    }

    boolean send(UringSocket from, Packet packet, Endpoint to) {
        return ring.send(from.descriptor(), packet.address, packet.length, to, label(SEND, 0));
    }

    /** After this the kernel holds the socket only by its descriptor. */
    void detach(UringSocket socket) {
        if (!socket.receiving) {
            free(socket);
            return;
        }
        submit();
        ring.cancel(label(RECEIVE, socket.place));
        int read = ring.first();
        for (int i = 0; i < COLLECTIONS; i++) {
            ring.submitAndCollect();
            for (; read != ring.end(); read++) {
                if (ring.label(read) == label(RECEIVE, socket.place) && (ring.flags(read) & Uring.MORE) == 0) {
                    return;
                }
            }
        }
        late = true;
        LOG.log(System.Logger.Level.WARNING, "port {0} is freed late", socket.localPort());
    }

    /** Ends the thread and closes its sockets; any thread. */
    void stop() {
        stopped = true;
        signal();
    }

    void awaitEnd(Duration longest) throws InterruptedException {
        if (!ended.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "{0} does not end", thread.getName());
        }
    }

    private void wake() {
        if (Thread.currentThread().threadId() != thread.threadId() && woken.compareAndSet(false, true)) {
            signal();
        }
    }

    /** A late task must not write into whatever has the counter's number after it. */
    private void signal() {
        synchronized (woken) {
            if (!counterClosed) {
                UringCalls.signal(counter);
            }
        }
    }

    private void run() {
        try {
            ring.enable();
            while (!stopped) {
                turn();
            }
            closeAll();
        } catch (IOException | RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "media loop ended", broken);
        } finally {
            ended.countDown();
        }
    }

    private void turn() {
        if (!listeningForWakes) {
            listeningForWakes = ring.read(counter, counted.address(), 8, label(WAKE, 0));
        }
        silenceIfFenced();
        boolean submitted = pending.isEmpty()
                ? ring.await(GATHER_PACKETS, busy ? GATHER_MICROS : 0, tasks.untilNext())
                : ring.submitAndCollect();
        if (submitted) {
            buffers.giveBack();
        }
        round.begin();
        readAnswers();
        receivePending();
        tasks.run();
    }

    /**
     * What was queued while the fence was open is sent by a later system call: a process that was frozen in between must not speak when
     * it wakes up (S21).
     */
    private void silenceIfFenced() {
        round.begin();
        if (!round.open()) {
            ring.silence();
        }
    }

    private void readAnswers() {
        int answer = ring.first();
        for (int end = ring.end(); answer != end; answer++) {
            long label = ring.label(answer);
            switch ((int) (label >>> KIND_SHIFT)) {
                case RECEIVE -> received((int) label, ring.result(answer), ring.flags(answer));
                case SEND -> refused.run();
                default -> {
                    listeningForWakes = false;
                    woken.set(false);
                }
            }
        }
        ring.forget(answer);
    }

    private void received(int place, int result, int flags) {
        UringSocket socket = sockets.get(place);
        if (socket == null) {
            throw new IllegalStateException("an answer for nobody");
        }
        if ((flags & Uring.WITH_BUFFER) != 0) {
            int buffer = flags >>> Uring.BUFFER_SHIFT;
            if (result >= 0 && !socket.closed()) {
                socket.failures = 0;
                estimate();
                LoopTasks.handle(socket.listener(), buffers.filled(buffer, result));
            }
            buffers.hold(buffer);
        }
        if ((flags & Uring.MORE) == 0) {
            endOfReception(socket, result);
        }
    }

    /** With few packets there is nothing to gather, and waiting would only delay them. */
    private void estimate() {
        if (--untilEstimate == 0) {
            long now = System.nanoTime();
            busy = now - estimated < BUSY_NANOS;
            estimated = now;
            untilEstimate = ESTIMATED_OVER;
        }
    }

    /** The kernel stops when it has no buffer left, among other reasons. */
    private void endOfReception(UringSocket socket, int result) {
        socket.receiving = false;
        if (socket.closed()) {
            free(socket);
        } else if (result < 0 && result != -UringCalls.ENOBUFS && ++socket.failures > MOST_FAILURES) {
            LOG.log(System.Logger.Level.ERROR, "port {0} receives no more: error {1}", socket.localPort(), -result);
        } else {
            pending.add(socket);
        }
    }

    /** Few at a time: each may bring many packets at once, and one without a buffer left ends at once again. */
    private void receivePending() {
        if (pending.isEmpty()) {
            return;
        }
        submit();
        for (int i = Math.min(AT_ONCE, pending.size()); i > 0; i--) {
            UringSocket next = pending.remove();
            if (!next.closed()) {
                receive(next);
            }
        }
    }

    private void receive(UringSocket socket) {
        socket.receiving = ring.receive(socket.descriptor(), buffers.header(), label(RECEIVE, socket.place));
        if (!socket.receiving) {
            pending.add(socket);
        }
    }

    private static long label(int kind, int place) {
        return (long) kind << KIND_SHIFT | place;
    }

    private void submit() {
        silenceIfFenced();
        if (ring.submit()) {
            buffers.giveBack();
        }
    }

    private void free(UringSocket socket) {
        sockets.set(socket.place, null);
        freePlaces.add(socket.place);
    }

    private void closeAll() {
        for (UringSocket each : new ArrayList<>(sockets)) {
            if (each != null) {
                each.close();
            }
        }
        ring.forget(ring.end());
        ring.close();
        if (!late) {
            buffers.close();
        }
        synchronized (woken) {
            counterClosed = true;
            UringCalls.close(counter);
        }
    }
}
