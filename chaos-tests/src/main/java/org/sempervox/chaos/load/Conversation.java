package org.sempervox.chaos.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.client.AudioStats;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.HoldStyle;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;

/**
 * One call from its INVITE to its end, as two people would have it, on a thread of its own. Every call is held, resumed and then hung up by
 * one of the two: what cannot be is lost. A server that says 500 or 503, or nothing, is asked again for a while, as people do.
 */
final class Conversation implements Runnable {
    /** Longer than an INVITE is repeated. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private static final Duration ALTOGETHER = Duration.ofSeconds(100);
    private static final Duration HEAR = Duration.ofSeconds(20);
    private static final Duration LAST = Duration.ofSeconds(5);
    private static final long AGAIN_MS = 2000;
    private static final List<HoldStyle> STYLES = List.of(HoldStyle.values());

    /** How a call goes to its callee. */
    enum Way {
        DIRECT,
        FORKED,
        FORWARDED
    }

    /**
     * What will be done.
     *
     * @param ringMs until the callee answers
     * @param talkMs until someone hangs up
     * @param ender who hangs up, and holds before
     */
    record Plan(long id, Way way, long ringMs, long talkMs, boolean heldInTheMiddle, Side ender, HoldStyle style) {
        static Plan draw(long id, org.sempervox.chaos.scenario.Load load, SplittableRandom random) {
            int way = random.nextInt(100);
            return new Plan(
                    id,
                    way < load.forkedPercent()
                            ? Way.FORKED
                            : way < load.forkedPercent() + load.forwardedPercent() ? Way.FORWARDED : Way.DIRECT,
                    random.nextLong(200, 1500),
                    random.nextLong(load.talkFrom().toMillis(), load.talkTo().toMillis()),
                    random.nextInt(100) < load.heldPercent(),
                    random.nextBoolean() ? Side.CALLER : Side.CALLEE,
                    STYLES.get(random.nextInt(STYLES.size())));
        }
    }

    private final Plan plan;
    private final Office.Line line;
    private final HistoryFile history;
    private final Runnable done;
    private final List<Call> calls = java.util.Collections.synchronizedList(new ArrayList<>());
    private boolean established;

    Conversation(Plan plan, Office.Line line, HistoryFile history, Runnable done) {
        this.plan = plan;
        this.line = line;
        this.history = history;
        this.done = done;
    }

    @Override
    public void run() {
        try {
            call();
            over();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            history.add(new Entry.Note(history.now(), "call " + plan.id() + " came to grief: " + e));
        } finally {
            done.run();
        }
    }

    private void call() throws InterruptedException, ExecutionException, TimeoutException {
        boolean forked = plan.way() == Way.FORKED;
        Phone winner = !forked ? line.callee() : plan.id() % 2 == 0 ? line.left() : line.right();
        String called = Office.number(plan.way() == Way.FORWARDED ? line.busy() : winner);
        CompletableFuture<Optional<Call>> arriving = winner.nextCall(PATIENCE);
        var loser = forked
                ? (winner.equals(line.left()) ? line.right() : line.left()).nextCall(PATIENCE)
                : CompletableFuture.completedFuture(Optional.<Call>empty());
        double placed = history.now();
        history.add(new Entry.Placed(
                placed,
                plan.id(),
                Office.number(line.caller()),
                called,
                Office.number(winner),
                plan.way().name().toLowerCase(java.util.Locale.ROOT)));
        Call mine = line.caller().call(called);
        calls.add(mine);
        Optional<Call> arrived = arriving.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        write(
                placed,
                winner,
                Verb.REACH,
                arrived.<Outcome>map(_ -> Outcome.ok(0, "")).orElseGet(() -> why(mine)));
        if (arrived.isEmpty()) {
            return;
        }
        Call theirs = arrived.get();
        calls.add(theirs);
        var _ = loser.thenAccept(call -> call.ifPresent(calls::add));
        if (!ask(placed, line.caller(), Verb.RING, mine.ringing(PATIENCE))) {
            return;
        }
        TimeUnit.MILLISECONDS.sleep(plan.ringMs());
        talk(mine, theirs, winner);
    }

    private static Outcome why(Call mine) {
        Call.End end = mine.end();
        return end == null ? Outcome.unknown("no INVITE at the callee") : Outcome.failed(end.status(), end.reason());
    }

    private void talk(Call mine, Call theirs, Phone callee)
            throws InterruptedException, ExecutionException, TimeoutException {
        mine.audio().expect(theirs.audio().key());
        theirs.audio().expect(mine.audio().key());
        double answered = history.now();
        var acknowledged = theirs.answer(PATIENCE);
        var connected = mine.answered(PATIENCE);
        boolean ok = ask(answered, line.caller(), Verb.CONNECT, connected);
        ok &= ask(answered, callee, Verb.ANSWER, acknowledged);
        if (!ok) {
            return;
        }
        established = true;
        hear(mine, theirs, callee, answered);
        if (plan.heldInTheMiddle()) {
            stretch(mine, theirs, plan.talkMs() / 2);
            if (!holdAndResume(plan.ender().other(), mine, theirs, callee)) {
                return;
            }
            stretch(mine, theirs, plan.talkMs() / 2);
        } else {
            stretch(mine, theirs, plan.talkMs());
        }
        if (holdAndResume(plan.ender(), mine, theirs, callee)) {
            hangUp(mine, theirs, callee);
        }
    }

    /** Both talk for so long; what each heard of the other is written down. */
    private void stretch(Call mine, Call theirs, long millis) throws InterruptedException {
        mine.audio().mark();
        theirs.audio().mark();
        double began = history.now();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - until < 0 && mine.end() == null && theirs.end() == null) {
            TimeUnit.MILLISECONDS.sleep(Math.clamp((until - System.nanoTime()) / 1_000_000, 1, 100));
        }
        heard(began, Side.CALLER, mine);
        heard(began, Side.CALLEE, theirs);
    }

    private void heard(double began, Side listener, Call call) {
        AudioStats stats = call.audio().stats();
        history.add(new Entry.Audio(
                history.now(),
                began,
                plan.id(),
                listener,
                stats.heard(),
                call.audio().silences().stream()
                        .map(one -> new Entry.Silence(history.at(one.since()), one.ms(), one.open()))
                        .toList(),
                stats.foreign(),
                stats.echoes(),
                stats.wrongDirection(),
                stats.jumps()));
    }

    private boolean holdAndResume(Side side, Call mine, Call theirs, Phone callee)
            throws InterruptedException, ExecutionException, TimeoutException {
        Call call = side == Side.CALLER ? mine : theirs;
        Phone phone = side == Side.CALLER ? line.caller() : callee;
        if (!again(phone, Verb.HOLD, () -> call.hold(plan.style(), PATIENCE))) {
            return false;
        }
        TimeUnit.MILLISECONDS.sleep(300);
        double began = history.now();
        if (!again(phone, Verb.RESUME, () -> call.resume(PATIENCE))) {
            return false;
        }
        hear(mine, theirs, callee, began);
        return true;
    }

    private void hear(Call mine, Call theirs, Phone callee, double began)
            throws InterruptedException, ExecutionException, TimeoutException {
        var atCaller = mine.audio().heard(HEAR);
        var atCallee = theirs.audio().heard(HEAR);
        ask(began, line.caller(), Verb.HEAR_AT_CALLER, atCaller);
        ask(began, callee, Verb.HEAR_AT_CALLEE, atCallee);
    }

    private void hangUp(Call mine, Call theirs, Phone callee)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean byCaller = plan.ender() == Side.CALLER;
        double began = history.now();
        var told = (byCaller ? theirs : mine).ended(PATIENCE);
        var bye = (byCaller ? mine : theirs).bye(PATIENCE);
        ask(began, byCaller ? line.caller() : callee, Verb.BYE, bye);
        ask(began, byCaller ? callee : line.caller(), Verb.END, told);
    }

    /** Until it is done, or known not to be, or it has taken too long. */
    private boolean again(Phone phone, Verb verb, Supplier<CompletableFuture<Outcome>> action)
            throws InterruptedException, ExecutionException, TimeoutException {
        double began = history.now();
        long deadline = System.nanoTime() + ALTOGETHER.toNanos();
        Outcome outcome = action.get().get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (putOff(outcome) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            outcome = action.get().get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return write(began, phone, verb, outcome);
    }

    private static boolean putOff(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> false;
            case Outcome.Failed(int status, String _) -> status == 500 || status == 503;
            case Outcome.Unknown _ -> true;
        };
    }

    private boolean ask(double began, Phone phone, Verb verb, CompletableFuture<Outcome> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return write(began, phone, verb, answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private boolean write(double began, Phone phone, Verb verb, Outcome outcome) {
        history.add(Answers.operation(history, began, plan.id(), Office.number(phone), verb, outcome));
        return outcome.isOk();
    }

    /** Whatever became of it: nothing may go on at any of the phones. */
    private void over() throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + LAST.toNanos();
        String stuck = stuck();
        while (stuck != null && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
            stuck = stuck();
        }
        List<String> ids =
                List.copyOf(calls).stream().map(Call::callId).distinct().toList();
        history.add(new Entry.Over(history.now(), plan.id(), established, stuck == null ? "" : stuck, ids));
        for (Phone phone : line.phones()) {
            phone.hangUpAll(LAST).get(4 * LAST.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private @Nullable String stuck() {
        for (Call call : List.copyOf(calls)) {
            if (call.state() != Call.State.ENDED) {
                return (call.isOutgoing() ? "at the caller" : "at a phone called by " + call.peer()) + ", "
                        + call.state().name().toLowerCase(java.util.Locale.ROOT) + ", Call-ID " + call.callId();
            }
        }
        return null;
    }
}
