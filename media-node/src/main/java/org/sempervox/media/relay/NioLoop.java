package org.sempervox.media.relay;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread with a selector. */
final class NioLoop implements RelayLoop {
    private static final System.Logger LOG = System.getLogger(NioLoop.class.getName());

    private final Selector selector;
    private final Round round;
    private final Packet packet = new Packet();
    private final LoopTasks tasks;
    private final Consumer<SelectionKey> onReady = this::ready;
    private volatile boolean stopped;
    private boolean inRound;

    NioLoop(String name, Round round) throws IOException {
        this.selector = Selector.open();
        this.round = round;
        this.tasks = new LoopTasks(round);
        Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void every(Duration period, Runnable task) {
        tasks.add(period, task);
        selector.wakeup();
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
                selector.select(onReadyInRound(), millisToWait());
                tasks.run();
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
            LoopTasks.handle(socket.listener(), packet);
        }
    }

    private long millisToWait() {
        return TimeUnit.NANOSECONDS.toMillis(tasks.untilNext()) + 1;
    }
}
