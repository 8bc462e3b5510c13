package org.sempervox.chaos.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Established;
import org.sempervox.chaos.client.CallPair.Finished;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.HoldStyle;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.demo.Phones;

/** Two phones with one call after another between them until the end of the run; callers and callees take turns to hang up. */
final class Line implements Runnable {
    private static final Duration SETUP = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final long WHOLE_S = 150;
    /** Well before the hour for which phones are registered. */
    private static final Duration REFRESH = Duration.ofMinutes(20);

    private static final int SERVER_ERROR = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RETRY_MS = 3_000;
    private static final int LEAST_TALK_MS = 5_000;
    private static final int MOST_TALK_MS = 25_000;
    private static final int HELD_PERCENT = 30;
    private static final int APART_MS = 50;

    private final int index;
    private final Phone caller;
    private final Phone callee;
    private final SplittableRandom random;
    private final Tally tally;
    private final Stop stop;
    private long registered = System.nanoTime();
    private int calls;

    Line(int index, Phones phones, long seed, Tally tally, Stop stop) {
        this.index = index;
        caller = phones.get(2 * index);
        callee = phones.get(2 * index + 1);
        random = new SplittableRandom(seed * 1_000_003 + index);
        this.tally = tally;
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            boolean on = stop.pause((long) index * APART_MS);
            while (on) {
                refresh();
                call();
                on = stop.pause(random.nextInt(200, 1000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh() throws InterruptedException {
        if (System.nanoTime() - registered < REFRESH.toNanos()) {
            return;
        }
        for (Phone phone : List.of(caller, callee)) {
            try {
                Outcome outcome =
                        phone.register(Duration.ofHours(1), SETUP).get(2 * SETUP.toSeconds(), TimeUnit.SECONDS);
                if (!outcome.isOk()) {
                    tally.remark(name() + ": not registered again: " + outcome);
                    return;
                }
            } catch (ExecutionException | TimeoutException e) {
                tally.remark(name() + ": not registered again: " + e);
                return;
            }
        }
        registered = System.nanoTime();
    }

    private void call() throws InterruptedException {
        calls++;
        tally.placed.incrementAndGet();
        try {
            Established established = CallPair.establish(
                            caller, Phones.number(2 * index + 1), callee, CallPair.State.TALKING, SETUP)
                    .get(WHOLE_S, TimeUnit.SECONDS);
            CallPair pair = established.pair();
            if (pair == null || !established.isOk()) {
                tally.notSetUp.incrementAndGet();
                tally.remark(name() + " not set up: " + established.firstFailure());
                hangUp();
                return;
            }
            talkAndEnd(pair);
        } catch (ExecutionException | TimeoutException e) {
            tally.lost.incrementAndGet();
            tally.remark(name() + " lost: " + e);
            hangUp();
        }
    }

    private void talkAndEnd(CallPair pair) throws InterruptedException, ExecutionException, TimeoutException {
        tally.inProgress.incrementAndGet();
        try {
            Party ender = (index + calls) % 2 == 0 ? Party.CALLER : Party.CALLEE;
            boolean fine = talk(pair);
            if (stop.isSet()) {
                // All end at once: not in the same millisecond.
                TimeUnit.MILLISECONDS.sleep((long) index * APART_MS);
            }
            Finished finished = pair.finish(ender, STEP).get(WHOLE_S, TimeUnit.SECONDS);
            if (!fine || !finished.isOk()) {
                tally.lost.incrementAndGet();
                tally.remark(name() + " lost: " + finished.firstFailure());
                hangUp();
                return;
            }
            if (!finished.audioCameBack()) {
                tally.silent.incrementAndGet();
                tally.remark(name() + " silent after hold and resume");
            }
            tally.ended(new Tally.Ending(
                    caller.config().account().user(), ender.name().toLowerCase(Locale.ROOT)));
        } finally {
            tally.inProgress.decrementAndGet();
        }
    }

    /** For a random time, some with a hold in the middle; whether that was done. */
    private boolean talk(CallPair pair) throws InterruptedException, ExecutionException, TimeoutException {
        int talkMs = random.nextInt(LEAST_TALK_MS, MOST_TALK_MS);
        if (random.nextInt(100) >= HELD_PERCENT) {
            stop.pause(talkMs);
            return true;
        }
        Call holder = random.nextBoolean() ? pair.caller() : pair.callee();
        stop.pause(talkMs / 3);
        Outcome hold = asked(() -> holder.hold(HoldStyle.SENDONLY, STEP));
        stop.pause(talkMs / 3);
        Outcome resume = asked(() -> holder.resume(STEP));
        stop.pause(talkMs / 3);
        if (!hold.isOk() || !resume.isOk()) {
            tally.remark(name() + ": hold " + hold + ", resume " + resume);
            return false;
        }
        tally.held.incrementAndGet();
        return true;
    }

    /** A server whose store does not answer says 500 with Retry-After (S28): the user tries again. */
    private Outcome asked(Supplier<CompletableFuture<Outcome>> request)
            throws InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        Outcome outcome = request.get().get(WHOLE_S, TimeUnit.SECONDS);
        boolean putOff = false;
        while (outcome instanceof Outcome.Failed failed
                && failed.status() == SERVER_ERROR
                && System.nanoTime() - start < PATIENCE.toNanos()) {
            putOff = true;
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            outcome = request.get().get(WHOLE_S, TimeUnit.SECONDS);
        }
        if (putOff) {
            tally.putOff.incrementAndGet();
        }
        return outcome;
    }

    /** What could not be ended as users would must not run on. */
    private void hangUp() throws InterruptedException {
        for (Phone phone : List.of(caller, callee)) {
            try {
                phone.hangUpAll(STEP).get(WHOLE_S, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                tally.remark(name() + " could not hang up: " + e);
            }
        }
    }

    private String name() {
        return "call " + calls + " of " + caller.config().account().user();
    }
}
