package org.sempervox.chaos.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call seen from both phones. The callee's phone must get no other calls while the pair is set up. */
public final class CallPair {
    /** What a pair can be brought into before a fault. */
    public enum State {
        RINGING,
        TALKING,
        HELD_BY_CALLER,
        HELD_BY_CALLEE
    }

    /** Who does something. */
    public enum Party {
        CALLER,
        CALLEE
    }

    /** One step of a set-up or a finish. */
    public record Step(String name, Outcome outcome) {}

    /** How a set-up went: the call as dialled, and the pair if the call arrived at the callee. */
    public record Established(Call placed, @Nullable CallPair pair, List<Step> steps) {
        /** Whether every step was done. */
        public boolean isOk() {
            return firstFailure().isEmpty();
        }

        /** The step that was not done. */
        public Optional<Step> firstFailure() {
            return steps.stream().filter(s -> !s.outcome().isOk()).findFirst();
        }
    }

    /**
     * How a finish went: every step tried, in order. A call is lost unless hold, resume, BYE and its arrival at the other
     * side were all done; silence after the resume is told apart from that.
     */
    public record Finished(Party by, State from, List<Step> steps) {
        /** Whether the call could be finished as a user would. */
        public boolean isOk() {
            return firstFailure().isEmpty();
        }

        /** The step that was not done, audio aside. */
        public Optional<Step> firstFailure() {
            return steps.stream()
                    .filter(s -> !s.name().startsWith(AUDIO) && !s.outcome().isOk())
                    .findFirst();
        }

        /** Whether both sides heard each other after the resume. */
        public boolean audioCameBack() {
            return steps.stream()
                    .filter(s -> s.name().startsWith(AUDIO))
                    .allMatch(s -> s.outcome().isOk());
        }
    }

    private static final String AUDIO = "audio ";
    private final Call caller;
    private final Call callee;
    private volatile State state;

    private CallPair(Call caller, Call callee) {
        this.caller = caller;
        this.callee = callee;
        this.state = State.RINGING;
        caller.audio().expect(callee.audio().key());
        callee.audio().expect(caller.audio().key());
    }

    /** Pairs two calls that are known to belong together and are in this state. */
    public static CallPair of(Call caller, Call callee, State state) {
        CallPair pair = new CallPair(caller, callee);
        pair.state = state;
        return pair;
    }

    /** Calls from one phone to the other and brings the pair into the state; each step may take as long as the deadline. */
    public static CompletableFuture<Established> establish(
            Phone from, String number, Phone to, State target, Duration within) {
        List<Step> steps = new ArrayList<>();
        CompletableFuture<Optional<Call>> arriving = to.nextCall(within);
        Call placed = from.call(number);
        return arriving.thenCompose(arrived -> {
            if (arrived.isEmpty()) {
                Call.End end = placed.end();
                steps.add(new Step(
                        "arrive",
                        end == null
                                ? Outcome.unknown("no INVITE at the callee")
                                : Outcome.failed(end.status(), end.reason())));
                return CompletableFuture.completedFuture(new Established(placed, null, List.copyOf(steps)));
            }
            CallPair pair = new CallPair(placed, arrived.get());
            return pair.into(target, steps, within).thenApply(_ -> new Established(placed, pair, List.copyOf(steps)));
        });
    }

    private CompletableFuture<Boolean> into(State target, List<Step> steps, Duration within) {
        CompletableFuture<Boolean> ringing = step(steps, "callee rings", () -> callee.ringing(within))
                .thenCompose(ok -> next(ok, steps, "caller hears ringing", () -> caller.ringing(within)));
        if (target == State.RINGING) {
            return ringing;
        }
        CompletableFuture<Boolean> talking = ringing.thenCompose(ok -> talk(ok, steps, within));
        if (target == State.TALKING) {
            return talking;
        }
        Call holder = target == State.HELD_BY_CALLER ? caller : callee;
        return talking.thenCompose(ok -> next(ok, steps, "hold", () -> holder.hold(HoldStyle.SENDONLY, within)))
                .thenApply(ok -> reached(ok, target));
    }

    private CompletableFuture<Boolean> talk(boolean go, List<Step> steps, Duration within) {
        return next(go, steps, "answer", () -> callee.answer(within))
                .thenCompose(ok -> next(ok, steps, "caller connected", () -> caller.answered(within)))
                .thenApply(ok -> reached(ok, State.TALKING))
                .thenCompose(ok -> next(
                        ok, steps, AUDIO + "at caller", () -> caller.audio().heard(within)))
                .thenCompose(ok -> next(
                        ok, steps, AUDIO + "at callee", () -> callee.audio().heard(within)));
    }

    private boolean reached(boolean ok, State next) {
        if (ok) {
            state = next;
        }
        return ok;
    }

    private static CompletableFuture<Boolean> next(
            boolean go, List<Step> steps, String name, Supplier<CompletableFuture<Outcome>> action) {
        return go ? step(steps, name, action) : CompletableFuture.completedFuture(false);
    }

    private static CompletableFuture<Boolean> step(
            List<Step> steps, String name, Supplier<CompletableFuture<Outcome>> action) {
        return action.get().thenApply(outcome -> {
            steps.add(new Step(name, outcome));
            return outcome.isOk();
        });
    }

    /** The caller's side. */
    public Call caller() {
        return caller;
    }

    /** The callee's side. */
    public Call callee() {
        return callee;
    }

    /** The state the pair was last brought into. */
    public State state() {
        return state;
    }

    private Call side(Party party) {
        return party == Party.CALLER ? caller : callee;
    }

    /** Begins a new window of measuring at both ends: do it right before a fault. */
    public void mark() {
        caller.audio().mark();
        callee.audio().mark();
    }

    /** Both sides hear each other again. */
    public CompletableFuture<Boolean> bothHear(Duration within) {
        return caller.audio().heard(within).thenCombine(callee.audio().heard(within), (a, b) -> a.isOk() && b.isOk());
    }

    /** How a re-INVITE is asked for: once, or again after the server has put it off (S28). */
    public interface Asking {
        CompletableFuture<Outcome> ask(Supplier<CompletableFuture<Outcome>> request);
    }

    /** {@link #finish(Party, Duration, Asking)} by people who ask once. */
    public CompletableFuture<Finished> finish(Party by, Duration within) {
        return finish(by, within, Supplier::get);
    }

    /**
     * Ends the call as a user would: answers if it still rings, takes back if held, then hold and resume from the given
     * side and BYE from it. All steps are tried as long as both sides live, each within the deadline.
     */
    public CompletableFuture<Finished> finish(Party by, Duration within, Asking asking) {
        State from = state;
        List<Step> steps = new ArrayList<>();
        Call mine = side(by);
        Call other = side(by == Party.CALLER ? Party.CALLEE : Party.CALLER);
        return prepare(from, steps, within, asking)
                .thenCompose(_ -> step(steps, "hold", () -> asking.ask(() -> mine.hold(HoldStyle.SENDONLY, within))))
                .thenCompose(_ -> step(steps, "resume", () -> asking.ask(() -> mine.resume(within))))
                .thenCompose(_ -> hear(steps, within))
                .thenCompose(_ -> step(steps, "bye", () -> mine.bye(within)))
                .thenCompose(_ -> step(steps, "bye arrives", () -> other.ended(within)))
                .thenApply(_ -> {
                    steps.add(new Step("ended by the right side", judge(mine, other)));
                    return new Finished(by, from, List.copyOf(steps));
                });
    }

    private CompletableFuture<Boolean> prepare(State from, List<Step> steps, Duration within, Asking asking) {
        return switch (from) {
            case RINGING ->
                step(steps, "answer", () -> callee.answer(within))
                        .thenCompose(_ -> step(steps, "caller connected", () -> caller.answered(within)));
            case TALKING -> CompletableFuture.completedFuture(true);
            case HELD_BY_CALLER -> step(steps, "take back", () -> asking.ask(() -> caller.resume(within)));
            case HELD_BY_CALLEE -> step(steps, "take back", () -> asking.ask(() -> callee.resume(within)));
        };
    }

    private CompletableFuture<Boolean> hear(List<Step> steps, Duration within) {
        CompletableFuture<Outcome> atCaller = caller.audio().heard(within);
        CompletableFuture<Outcome> atCallee = callee.audio().heard(within);
        return step(steps, AUDIO + "at caller", () -> atCaller)
                .thenCompose(_ -> step(steps, AUDIO + "at callee", () -> atCallee));
    }

    private static Outcome judge(Call mine, Call other) {
        Call.End here = mine.end();
        Call.End there = other.end();
        boolean right = here != null
                && there != null
                && here.by() == Call.Side.LOCAL
                && there.by() == Call.Side.REMOTE
                && there.status() == 200;
        return right ? Outcome.ok(200, "ended") : Outcome.failed(0, "here " + here + ", there " + there);
    }
}
