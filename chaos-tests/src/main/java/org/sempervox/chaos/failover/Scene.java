package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;

/** One call of one row: its two phones, what they have done so far, and who will end it. */
final class Scene {
    /** Longer than an INVITE is retransmitted. */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration LIFE = Duration.ofMinutes(10);

    final Row row;
    final int index;
    final Phone caller;
    final Phone callee;
    final Optional<Phone> second;

    /** Whether its people try again when they are told that the server cannot just now (S28). */
    final boolean patient;

    final Party ender;
    private volatile @Nullable Call placed;
    private volatile @Nullable CallPair pair;
    private volatile @Nullable Call forked;
    private volatile @Nullable CompletableFuture<Outcome> action;
    private volatile CompletableFuture<Optional<Call>> arriving = CompletableFuture.completedFuture(Optional.empty());
    private volatile long placedAt;
    private volatile long calleeAnsweredAt;
    private volatile long callerAnsweredAt;
    private volatile long callerEndedAt;

    Scene(Row row, int index, Phone caller, Phone callee, Optional<Phone> second, boolean patient) {
        this.row = row;
        this.index = index;
        this.caller = caller;
        this.callee = callee;
        this.second = second;
        this.patient = patient;
        this.ender = row instanceof EndedByCalleeRow || index % 2 == 1 ? Party.CALLEE : Party.CALLER;
    }

    String callerNumber() {
        return caller.config().account().user();
    }

    String calleeNumber() {
        return callee.config().account().user();
    }

    /** INVITE goes out; the callee's phone is ready to hand the call out. */
    Call place() {
        arriving = callee.nextCall(PATIENCE);
        placedAt = System.nanoTime();
        Call call = caller.call(calleeNumber());
        placed = call;
        var _ = call.answered(LIFE).thenAccept(outcome -> {
            if (outcome.isOk()) {
                callerAnsweredAt = System.nanoTime();
            }
        });
        var _ = call.ended(LIFE).thenAccept(_ -> callerEndedAt = System.nanoTime());
        return call;
    }

    CompletableFuture<Optional<Call>> arrived() {
        return arriving;
    }

    Call placed() {
        return known(placed, "no call placed");
    }

    CallPair pair() {
        return known(pair, "no pair yet");
    }

    Optional<CallPair> pairIfAny() {
        return Optional.ofNullable(pair);
    }

    CallPair pair(Call arrived, CallPair.State state) {
        CallPair made = CallPair.of(placed(), arrived, state);
        pair = made;
        return made;
    }

    /** The call at the second phone of the extension; null if it did not come. */
    void forked(@Nullable Call call) {
        forked = call;
    }

    Call forked() {
        return known(forked, "no call at the second phone");
    }

    /** What was begun around the fault and is still to be judged. */
    void begun(CompletableFuture<Outcome> what) {
        action = what;
    }

    CompletableFuture<Outcome> action() {
        return known(action, "nothing begun");
    }

    /** The callee picks up. */
    CompletableFuture<Outcome> pickUp(Call arrived, Duration within) {
        if (calleeAnsweredAt == 0) {
            calleeAnsweredAt = System.nanoTime();
        }
        return arrived.answer(within);
    }

    /** From the first INVITE to the answer as the caller saw it; empty if it was not answered. */
    Optional<Double> answerDelayMs() {
        return callerAnsweredAt == 0 ? Optional.empty() : Optional.of((callerAnsweredAt - placedAt) / 1e6);
    }

    TalkTime talkTime() {
        CallPair both = pair;
        long hungUp = Stream.ofNullable(both)
                .flatMap(made -> Stream.of(made.caller(), made.callee()))
                .map(Call::hungUpAt)
                .flatMapToLong(OptionalLong::stream)
                .min()
                .orElse(0);
        return new TalkTime(calleeAnsweredAt, callerAnsweredAt, hungUp, callerEndedAt);
    }

    /** The call's names at its phones. */
    List<String> callIds() {
        Call mine = placed;
        CallPair both = pair;
        Call other = forked;
        return Stream.of(mine, both == null ? null : both.callee(), other)
                .<Call>mapMulti((call, all) -> {
                    if (call != null) {
                        all.accept(call);
                    }
                })
                .map(Call::callId)
                .distinct()
                .toList();
    }

    List<Phone> phones() {
        return Stream.concat(Stream.of(caller, callee), second.stream()).toList();
    }

    @Override
    public String toString() {
        return "row " + row.id() + " call " + index + " (" + callerNumber() + " to " + calleeNumber() + ")";
    }

    private static <T> T known(@Nullable T value, String otherwise) {
        if (value == null) {
            throw new IllegalStateException(otherwise);
        }
        return value;
    }
}
