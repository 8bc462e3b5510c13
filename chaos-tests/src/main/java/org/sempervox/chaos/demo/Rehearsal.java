package org.sempervox.chaos.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.State;
import org.sempervox.chaos.client.HoldStyle;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;

/**
 * Many short calls and registrations, as fast as they go: what a node does all day has to be in the profiles as often as it takes a
 * virtual machine to find it worth compiling.
 */
final class Rehearsal {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int HOLD_EVERY = 8;
    /** On a machine that is busy with other things fewer calls must do. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Phones phones;
    private final int pairs;
    private final long end = System.nanoTime() + LONGEST.toNanos();

    /** The first {@code 2 * pairs} phones must be free. */
    Rehearsal(Phones phones, int pairs) {
        this.phones = phones;
        this.pairs = pairs;
    }

    /** Each pair makes so many calls, or as many as the time allows; the number of calls that were set up and ended. */
    int run(int callsPerPair) throws InterruptedException, ExecutionException {
        var lines = new ArrayList<Future<Integer>>();
        int done = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < pairs; i++) {
                int pair = i;
                Callable<Integer> line = () -> line(pair, callsPerPair);
                lines.add(executor.submit(line));
            }
            for (Future<Integer> line : lines) {
                done += line.get();
            }
        }
        return done;
    }

    private int line(int pair, int calls) throws InterruptedException, ExecutionException, TimeoutException {
        Phone caller = phones.get(2 * pair);
        Phone callee = phones.get(2 * pair + 1);
        int done = 0;
        for (int i = 0; i < calls && System.nanoTime() - end < 0; i++) {
            if (call(caller, Phones.number(2 * pair + 1), callee, i % HOLD_EVERY == 0)) {
                done++;
            } else {
                await(caller.hangUpAll(STEP));
                await(callee.hangUpAll(STEP));
            }
            await(caller.register(Duration.ofHours(1), STEP));
        }
        return done;
    }

    private static boolean call(Phone caller, String number, Phone callee, boolean hold)
            throws InterruptedException, ExecutionException, TimeoutException {
        var established = await(CallPair.establish(caller, number, callee, State.RINGING, STEP));
        CallPair pair = established.pair();
        if (pair == null
                || !established.isOk()
                || !ok(pair.callee().answer(STEP))
                || !ok(pair.caller().answered(STEP))) {
            return false;
        }
        boolean held = !hold
                || ok(pair.caller().hold(HoldStyle.SENDONLY, STEP))
                        && ok(pair.caller().resume(STEP));
        return held && ok(pair.caller().bye(STEP)) && ok(pair.callee().ended(STEP));
    }

    private static boolean ok(Future<Outcome> outcome)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(outcome).isOk();
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(2 * STEP.toSeconds(), TimeUnit.SECONDS);
    }
}
