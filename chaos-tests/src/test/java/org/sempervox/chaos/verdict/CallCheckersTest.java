package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Expectations;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

/** {@link CallsKept}, {@link CallsNotStuck}, {@link CallsSetUp}, {@link NewCallDelay}. */
class CallCheckersTest {
    @ParameterizedTest
    @EnumSource(names = {"HOLD", "RESUME", "BYE", "END"})
    void aCallIsLostThatCouldNotBeHeldResumedOrEnded(Verb verb) {
        var reasons = Alone.fails(MadeRun.good().operation(2, verb, Result.FAILED), "no-call-lost");
        assertThat(reasons).singleElement().asString().startsWith("call 2 (1001 to 2001, placed at 8.0 s): ");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "RESUME", "BYE", "END"})
    void anAnswerThatNeverCameToACallThatIsOverIsALostCall(Verb verb) {
        Alone.fails(MadeRun.good().operation(2, verb, Result.UNKNOWN), "no-call-lost");
    }

    @ParameterizedTest
    @EnumSource(names = {"BYE", "END"})
    void anEndOfWhichNothingIsSaidIsALostCall(Verb verb) {
        Alone.fails(
                MadeRun.good().without(Entry.Operation.class, one -> one.call() == 2 && one.verb() == verb),
                "no-call-lost");
    }

    @Test
    void nobodyKnowsWhetherACallIsLostWhoseByeHasNoAnswerAndWhichIsNotOver() {
        MadeRun run = MadeRun.good()
                .operation(2, Verb.BYE, Result.UNKNOWN)
                .without(Entry.Over.class, over -> over.call() == 2);
        assertThat(Alone.judged(run, "no-call-lost")).isEqualTo(Judged.UNKNOWN);
        assertThat(run.verdict().judged()).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void lostCallsAreAllowedUpToTheNumberOfTheScenario() {
        MadeRun run = MadeRun.good().expecting(allowing(0, 1)).operation(2, Verb.BYE, Result.FAILED);
        Alone.passes(run);
        Alone.fails(run.operation(4, Verb.END, Result.UNKNOWN), "no-call-lost");
    }

    /** The loss that is certain is allowed; whether there is a second one is not known. */
    @Test
    void aDoubtBesideAnAllowedLossIsADoubt() {
        MadeRun run = MadeRun.good()
                .expecting(allowing(0, 1))
                .operation(2, Verb.BYE, Result.UNKNOWN)
                .without(Entry.Over.class, over -> over.call() == 2)
                .operation(4, Verb.BYE, Result.FAILED);
        assertThat(Alone.judged(run, "no-call-lost")).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void aCallThatWasEstablishedAndOfWhichNothingElseIsSaidIsNotKept() {
        MadeRun run = MadeRun.good()
                .without(Entry.Operation.class, one -> one.call() == 1)
                .without(Entry.Audio.class, one -> one.call() == 1);
        assertThat(Alone.judged(run, "no-call-lost")).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void aCallWithoutLinesIsKnownToNobody() {
        MadeRun run = MadeRun.good().with(new Entry.Placed(36_000, 9, "1000", "2000", "2000", "direct"));
        for (String checker : List.of("no-call-lost", "no-call-stuck", "calls-set-up")) {
            assertThat(Alone.judged(run, checker)).as(checker).isEqualTo(Judged.UNKNOWN);
        }
    }

    @Test
    void withoutAnyEstablishedCallNothingWasKept() {
        MadeRun run = MadeRun.good();
        for (long call = 1; call <= 4; call++) {
            run.notConnected(call, Result.FAILED);
        }
        assertThat(Alone.judged(run.expecting(allowing(4, 0)), "no-call-lost")).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void aCallThatGoesOnAtOnePhoneIsStuck() {
        var reasons = Alone.fails(
                MadeRun.good()
                        .change(
                                Entry.Over.class,
                                over -> over.call() == 3,
                                over -> new Entry.Over(over.at(), 3, true, "at the callee", over.callIds())),
                "no-call-stuck");
        assertThat(reasons).containsExactly("call 3 (1002 to 2002, placed at 12.0 s) goes on: at the callee");
    }

    @Test
    void aCallOfWhichNobodySaysThatItIsOverMayBeStuck() {
        Alone.doubts(MadeRun.good().without(Entry.Over.class, over -> over.call() == 3), "no-call-stuck");
    }

    @Test
    void withoutCallsNoneIsOver() {
        MadeRun run = withoutCalls();
        for (String checker : List.of("no-call-lost", "no-call-stuck", "calls-set-up", "new-call-delay")) {
            assertThat(Alone.judged(run, checker)).as(checker).isEqualTo(Judged.UNKNOWN);
        }
    }

    static MadeRun withoutCalls() {
        return MadeRun.good()
                .without(Entry.Placed.class, _ -> true)
                .without(Entry.Operation.class, one -> one.call() != 0)
                .without(Entry.Audio.class, _ -> true)
                .without(Entry.Over.class, _ -> true)
                .without(Entry.CallDetail.class, _ -> true);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "UNKNOWN"})
    void aCallThatIsNotConnectedIsNotSetUp(Result result) {
        var reasons = Alone.fails(MadeRun.good().notConnected(3, result), "calls-set-up");
        assertThat(reasons).singleElement().asString().contains("call 3 ", "connect of 1002");
    }

    @Test
    void nobodyKnowsOfACallWhoseSetUpHasNoLines() {
        MadeRun run =
                MadeRun.good().notConnected(3, Result.FAILED).without(Entry.Operation.class, one -> one.call() == 3);
        Alone.doubts(run, "calls-set-up");
    }

    @Test
    void failedCallsAreAllowedUpToTheNumberOfTheScenario() {
        MadeRun run = MadeRun.good().expecting(allowing(1, 0)).notConnected(3, Result.FAILED);
        Alone.passes(run);
        Alone.fails(run.notConnected(1, Result.UNKNOWN), "calls-set-up");
    }

    private static Expectations allowing(int failed, int lost) {
        return new Expectations(500, 2000, failed, lost, false, true);
    }

    @Test
    void ringingThatComesTooLateIsTold() {
        MadeRun run = MadeRun.good().expecting(new Expectations(500, 319, 0, 0, false, true));
        assertThat(Alone.fails(run, "new-call-delay"))
                .containsExactly("call 3 (1002 to 2002, placed at 12.0 s): ringing after 320 ms");
        Alone.passes(run.expecting(new Expectations(500, 320, 0, 0, false, true)));
        Alone.passes(run.expecting(new Expectations(500, -1, 0, 0, false, true)));
    }

    @Test
    void aCallerWhoWasConnectedLateAndHeardNoRingingMayHaveWaitedTooLong() {
        MadeRun run = MadeRun.good().expecting(new Expectations(500, 900, 0, 0, false, true));
        Alone.doubts(run.operation(3, Verb.RING, Result.UNKNOWN), "new-call-delay");
    }

    @Test
    void aCallerWhoWasConnectedSoonNeedsNoRinging() {
        Alone.passes(MadeRun.good().without(Entry.Operation.class, one -> one.call() == 3 && one.verb() == Verb.RING));
    }

    @Test
    void delaysDuringAFaultAreToldApartAlsoInTheMiddleOfALongOne() {
        MadeRun run = MadeRun.good()
                .change(Entry.Fault.class, fault -> fault.phase().equals("heal"), CallCheckersTest::muchLater)
                .with(MadeRun.call(5, 31_000, 700, 1_000, List.of()))
                .with(MadeRun.binding("1004"), MadeRun.binding("2004"));
        var figures = run.verdict().of("new-call-delay").figures();
        assertThat(figures)
                .containsEntry("longest during a fault", "700 ms")
                .containsEntry("longest otherwise", "45 ms");
        assertThat(run.verdict().of("calls-set-up").figures()).containsEntry("placed during a fault", "3");
    }

    private static Entry.Fault muchLater(Entry.Fault heal) {
        return new Entry.Fault(
                heal.at() + 26_000,
                heal.began() + 26_000,
                heal.id(),
                heal.name(),
                heal.targets(),
                heal.phase(),
                heal.result(),
                "");
    }
}
