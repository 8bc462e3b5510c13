package org.sempervox.chaos.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sempervox.chaos.client.Swarm;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.chaos.ground.Injection;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.Scenario;

/** Strikes and heals at its times, one after another on a thread of its own; what is late because another took long comes late. */
final class Timeline implements AutoCloseable {
    private static final long ECHO_MS = 1000;

    private final Ground ground;
    private final Swarm swarm;
    private final HistoryFile history;
    private final SplittableRandom random;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Returned> returned = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timeline").factory());

    /** A node that had been given up came back; {@code repeats}: packets that anybody heard again or in the wrong order meanwhile. */
    record Returned(Injection.CameBack back, long repeats) {}

    Timeline(Ground ground, Swarm swarm, HistoryFile history, long seed) {
        this.ground = ground;
        this.swarm = swarm;
        this.history = history;
        random = new SplittableRandom(seed + 1);
    }

    /** Times count from now. */
    void start(List<Scenario.Step> steps) {
        for (Scenario.Step step : steps) {
            open.incrementAndGet();
            later(step.at(), () -> strike(step.blow()));
        }
    }

    /** Whether all has struck and been healed. */
    boolean done() {
        return open.get() == 0;
    }

    List<Returned> returned() {
        return List.copyOf(returned);
    }

    private void later(Duration delay, Runnable what) {
        var _ = executor.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void strike(Blow blow) {
        double began = history.now();
        List<String> targets = List.of();
        try {
            targets = blow.target().resolve(ground.view(), random.split());
            Injection injection = ground.strike(blow, targets);
            write(began, blow, targets, "inject", Result.OK, injection.detail());
            if (blow.lasts().isZero()) {
                open.decrementAndGet();
            } else {
                List<String> struck = targets;
                later(blow.lasts(), () -> heal(blow, struck, injection));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open.decrementAndGet();
        } catch (IOException | RuntimeException e) {
            write(began, blow, targets, "inject", Result.FAILED, String.valueOf(e.getMessage()));
            open.decrementAndGet();
        }
    }

    private void heal(Blow blow, List<String> targets, Injection injection) {
        double began = history.now();
        long repeats = swarm.audioRepeats();
        try {
            Optional<Injection.CameBack> back = injection.heal();
            write(began, blow, targets, "heal", Result.OK, "");
            if (back.isPresent()) {
                TimeUnit.MILLISECONDS.sleep(ECHO_MS);
                returned.add(new Returned(back.get(), swarm.audioRepeats() - repeats));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            write(began, blow, targets, "heal", Result.FAILED, String.valueOf(e.getMessage()));
        } finally {
            open.decrementAndGet();
        }
    }

    private void write(double began, Blow blow, List<String> targets, String phase, Result result, String detail) {
        history.add(new Entry.Fault(
                history.now(), began, blow.kind().column(), blow.kind().text(), targets, phase, result, detail));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
