package org.sempervox.media.relay;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread with a selector. */
final class NioLoop implements RelayLoop {
    private static final System.Logger LOG = System.getLogger(NioLoop.class.getName());

    private final Selector selector;
    private final Round round;
    private final Packet packet = new Packet();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private final Consumer<SelectionKey> onReady = this::ready;
    private volatile boolean stopped;
    private boolean inRound;

    NioLoop(String name, Round round) throws IOException {
        this.selector = Selector.open();
        this.round = round;
        Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void every(Duration period, Runnable task) {
        execute(() -> repeated.add(new Repeated(period.toNanos(), task)));
    }

    @Override
    public void attach(RelaySocket socket, PacketListener listener) {
        var nio = (NioSocket) socket;
        nio.listen(listener);
        try {
            nio.channel().register(selector, SelectionKey.OP_READ, nio);
        } catch (ClosedChannelException gone) {
            nio.discard();
        }
    }

    @Override
    public Round round() {
        return round;
    }

    void stop() {
        stopped = true;
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                selector.select(onReadyInRound(), untilNextRepeat());
                runTasks();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.ERROR, "media loop ended", broken);
        }
    }

    /** The first ready socket of a wake-up comes right after select returns: there the round begins. */
    private Consumer<SelectionKey> onReadyInRound() {
        inRound = false;
        return onReady;
    }

    private void ready(SelectionKey key) {
        if (!inRound) {
            inRound = true;
            round.begin();
        }
        if (key.isValid() && key.attachment() instanceof NioSocket socket && socket.receive(packet)) {
            try {
                socket.listener().received(packet);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "packet could not be handled", bug);
            }
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            round.begin();
            guarded(task);
        }
        for (Repeated each : repeated) {
            if (each.next - System.nanoTime() <= 0) {
                each.next += each.period;
                round.begin();
                guarded(each.task);
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "task of a media loop failed", bug);
        }
    }

    private long untilNextRepeat() {
        long wait = TimeUnit.SECONDS.toNanos(10);
        for (Repeated each : repeated) {
            wait = Math.min(wait, each.next - System.nanoTime());
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    }

    private static final class Repeated {
        private final long period;
        private final Runnable task;
        private long next;

        Repeated(long period, Runnable task) {
            this.period = period;
            this.task = task;
            this.next = System.nanoTime() + period;
        }
    }
}
