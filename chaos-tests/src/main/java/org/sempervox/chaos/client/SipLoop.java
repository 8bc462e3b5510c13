package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one thread that owns all signalling state: sockets, timers and tasks from outside. What callers get back is
 * completed on threads of their own, so a scenario may block in its continuations.
 */
final class SipLoop implements Runnable, Executor, AutoCloseable {
    private static final int MAX_FAULTS = 100;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Set<Runnable> open = new HashSet<>();
    private final List<Throwable> faults = new ArrayList<>();
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;
    private volatile boolean stopped;

    SipLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("phones-sip").unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!stopped && !Thread.currentThread().equals(thread)) {
            selector.wakeup();
        }
    }

    /** Only from this loop's thread. */
    Timer after(Duration delay, Runnable action) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), action);
        timers.add(timer);
        return timer;
    }

    /** Runs {@code start} on the loop; the answer is {@code late}'s if nothing else completed it in time. */
    <T> CompletableFuture<T> within(Duration deadline, Supplier<T> late, Consumer<CompletableFuture<T>> start) {
        CompletableFuture<T> inner = new CompletableFuture<>();
        if (stopped) {
            return CompletableFuture.completedFuture(late.get());
        }
        CompletableFuture<T> outer = new CompletableFuture<>();
        // Told in a task of its own: who hears of it sees everything the same message or timer has changed.
        var _ = inner.thenAccept(value -> execute(() -> outer.completeAsync(() -> value, callbacks)));
        execute(() -> {
            Runnable giveUp = () -> inner.complete(late.get());
            Timer timer = after(deadline, giveUp);
            open.add(giveUp);
            start.accept(inner);
            var _ = inner.whenComplete((_, _) -> {
                timer.cancel();
                open.remove(giveUp);
            });
        });
        return outer;
    }

    void register(DatagramChannel channel, Runnable readable) {
        execute(() -> {
            try {
                channel.register(selector, SelectionKey.OP_READ, readable);
            } catch (IOException e) {
                fault(e);
            }
        });
    }

    void fault(Throwable fault) {
        synchronized (faults) {
            if (faults.size() < MAX_FAULTS) {
                faults.add(fault);
            }
        }
    }

    /** Defects of the phones themselves; a scenario that finds any here cannot be trusted. */
    List<Throwable> faults() {
        synchronized (faults) {
            return List.copyOf(faults);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                turn();
            } catch (IOException | RuntimeException e) {
                fault(e);
            }
        }
    }

    private void turn() throws IOException {
        long wait = untilNextTimer();
        if (wait == 0 || !tasks.isEmpty()) {
            selector.selectNow(SipLoop::ready);
        } else {
            selector.select(SipLoop::ready, wait);
        }
        runTasks();
        long now = System.nanoTime();
        for (Timer timer = timers.peek(); timer != null && timer.atNanos - now <= 0; timer = timers.peek()) {
            timers.poll();
            guarded(timer::run);
        }
    }

    /** Milliseconds, rounded up; cancelled timers at the head are dropped. */
    private long untilNextTimer() {
        Timer head = timers.peek();
        while (head != null && head.isCancelled()) {
            timers.poll();
            head = timers.peek();
        }
        if (head == null) {
            return 1000;
        }
        long nanos = head.atNanos - System.nanoTime();
        return nanos <= 0 ? 0 : Math.min(1000, nanos / 1_000_000 + 1);
    }

    private static void ready(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Runnable readable) {
            readable.run();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    /** Nobody waits for ever on a swarm that is gone. */
    private void giveUpAll() {
        runTasks();
        List.copyOf(open).forEach(this::guarded);
        runTasks();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
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
            if (thread.join(Duration.ofSeconds(2))) {
                giveUpAll();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            fault(e);
        }
        callbacks.shutdown();
    }
}
