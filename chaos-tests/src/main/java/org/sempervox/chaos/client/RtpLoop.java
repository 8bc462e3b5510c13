package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The one thread for all audio. Streams are spread over ten slots of 2 ms; slots are due at absolute times, so lateness
 * does not add up. How late the thread itself was is kept: a gap shorter than that proves nothing.
 */
final class RtpLoop implements Runnable, AutoCloseable {
    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = AudioPattern.PACKET_MILLIS * 1_000_000L / SLOTS;
    private static final long GIVE_UP_NANOS = 200_000_000L;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<List<Audio>> slots = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private final Consumer<SelectionKey> reader = this::readable;
    private final AtomicLong worstLateNanos = new AtomicLong();
    private final AtomicLong sendErrors = new AtomicLong();
    private final LongAdder repeats = new LongAdder();
    private final Thread thread;
    private volatile boolean stopped;
    private long due;
    private int slot;
    private int streams;

    RtpLoop() {
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("phones-rtp").unstarted(this);
    }

    void start() {
        thread.start();
    }

    void add(Audio audio) {
        enqueue(() -> {
            try {
                audio.channel().register(selector, SelectionKey.OP_READ, audio);
            } catch (IOException e) {
                sendErrors.incrementAndGet();
            }
            if (streams == 0) {
                due = System.nanoTime();
            }
            streams++;
            emptiest().add(audio);
        });
    }

    private List<Audio> emptiest() {
        List<Audio> best = slots.getFirst();
        for (List<Audio> candidate : slots) {
            if (candidate.size() < best.size()) {
                best = candidate;
            }
        }
        return best;
    }

    void remove(Audio audio) {
        enqueue(() -> {
            for (List<Audio> members : slots) {
                if (members.remove(audio)) {
                    streams--;
                }
            }
            try {
                audio.channel().close();
                audio.companion().close();
            } catch (IOException e) {
                sendErrors.incrementAndGet();
            }
        });
    }

    private void enqueue(Runnable task) {
        tasks.add(task);
        if (!stopped) {
            selector.wakeup();
        }
    }

    void countSendError() {
        sendErrors.lazySet(sendErrors.get() + 1);
    }

    long sendErrors() {
        return sendErrors.get();
    }

    LongAdder repeats() {
        return repeats;
    }

    double worstLateMs() {
        return worstLateNanos.get() / 1e6;
    }

    void resetWorstLate() {
        worstLateNanos.set(0);
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                turn();
            } catch (IOException e) {
                sendErrors.incrementAndGet();
            }
        }
    }

    private void turn() throws IOException {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        if (streams == 0) {
            selector.select(reader, 1000);
            return;
        }
        long left = due - System.nanoTime();
        if (left > 0) {
            selector.select(reader, left / 1_000_000 + 1);
            return;
        }
        selector.selectNow(reader);
        sendSlot();
    }

    private void sendSlot() {
        long now = System.nanoTime();
        long late = now - due;
        if (late > worstLateNanos.get()) {
            worstLateNanos.set(late);
        }
        List<Audio> members = slots.get(slot);
        for (int i = 0; i < members.size(); i++) {
            members.get(i).tick(System.nanoTime());
        }
        slot = (slot + 1) % SLOTS;
        due = late > GIVE_UP_NANOS ? now + SLOT_NANOS : due + SLOT_NANOS;
    }

    private void readable(SelectionKey key) {
        if (!(key.attachment() instanceof Audio audio) || !key.isValid()) {
            return;
        }
        try {
            for (int i = 0; i < 16; i++) {
                in.clear();
                SocketAddress source = audio.channel().receive(in);
                if (source == null) {
                    return;
                }
                in.flip();
                audio.received(in, System.nanoTime());
            }
        } catch (IOException e) {
            sendErrors.incrementAndGet();
        }
    }

    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
            for (List<Audio> members : slots) {
                for (Audio audio : members) {
                    audio.channel().close();
                    audio.companion().close();
                }
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            sendErrors.incrementAndGet();
        }
    }
}
