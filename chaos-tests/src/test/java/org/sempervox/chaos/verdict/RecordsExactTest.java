package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.CallDetail;
import org.sempervox.chaos.history.Expectations;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

class RecordsExactTest {
    private static final String CHECKER = "records-exact";

    @Test
    void aCallWithoutRecordIsTold() {
        MadeRun run = MadeRun.good().without(CallDetail.class, one -> one.id().equals("r3"));
        assertThat(Alone.fails(run, CHECKER)).containsExactly("call 3 (1002 to 2002, placed at 12.0 s) has no record");
    }

    @Test
    void noRecordsAtAllIsTold() {
        Alone.fails(MadeRun.good().without(CallDetail.class, _ -> true), CHECKER);
    }

    @Test
    void aSecondRecordIsTold() {
        Alone.fails(MadeRun.good().with(MadeRun.record("r3b", 3, 12_010, 13_130, 19_160)), CHECKER);
    }

    @Test
    void theSameRecordTwiceIsTold() {
        Alone.fails(MadeRun.good().with(MadeRun.record("r3", 3, 12_004, 13_130, 19_160)), CHECKER);
    }

    @Test
    void aRecordOfACallThatNobodyMadeIsTold() {
        MadeRun run = MadeRun.good().with(MadeRun.record("r9", 9, 12_000, 13_000, 14_000));
        assertThat(Alone.fails(run, CHECKER))
                .containsExactly("record r9 (1008 to 2008, begun at 12.0 s) belongs to no call");
    }

    @Test
    void recordsWithoutCallsAreTold() {
        MadeRun run = CallCheckersTest.withoutCalls().with(MadeRun.record("r1", 1, 2_000, 3_000, 4_000));
        assertThat(Alone.judged(run, CHECKER)).isEqualTo(Judged.FAIL);
    }

    @Test
    void withoutCallsAndRecordsNothingIsExact() {
        assertThat(Alone.judged(CallCheckersTest.withoutCalls(), CHECKER)).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void whatIsWrongInARecordIsTold() {
        assertThat(wrong(one -> new Change(one).connected("2009"))).contains("its record says 2009");
        assertThat(wrong(one -> new Change(one).answered(-1))).contains("it was answered, its record says no");
        assertThat(wrong(one -> new Change(one).answered(11_900))).contains("answered between");
        assertThat(wrong(one -> new Change(one).answered(14_200))).contains("answered between");
        assertThat(wrong(one -> new Change(one).ended(18_000))).contains("hung up between");
        assertThat(wrong(one -> new Change(one).ended(20_300))).contains("hung up between");
        assertThat(wrong(one -> new Change(one).ended(-1))).contains("hung up between");
        assertThat(wrong(one -> new Change(one).by("callee"))).contains("hung up by the caller");
        assertThat(wrong(one -> new Change(one).cause(102))).contains("Q.850 16", "102");
        assertThat(wrong(one -> new Change(one).estimate())).contains("its end is estimated");
    }

    @Test
    void aRecordOfAnotherCallerOrNumberOrTimeIsNoneOfTheCall() {
        for (UnaryOperator<Change> how : List.<UnaryOperator<Change>>of(
                one -> one.caller("1009"),
                one -> one.called("2009"),
                one -> one.started(10_900),
                one -> one.started(47_000))) {
            List<String> reasons = Alone.fails(changed(3, how), CHECKER);
            assertThat(reasons).hasSize(2);
            assertThat(reasons.getFirst()).isEqualTo("call 3 (1002 to 2002, placed at 12.0 s) has no record");
            assertThat(reasons.getLast()).endsWith("belongs to no call");
        }
    }

    @Test
    void anEstimatedEndMayBeAllowedButNothingElseOfThatRecordMayBeWrong() {
        MadeRun run = changed(3, one -> one.estimate().ended(15_000).by("")).expecting(estimated());
        Alone.passes(run);
        Alone.fails(changed(3, one -> one.estimate().connected("2009")).expecting(estimated()), CHECKER);
        Alone.fails(changed(3, one -> one.estimate().answered(-1)).expecting(estimated()), CHECKER);
    }

    private static Expectations estimated() {
        return new Expectations(500, 2000, 0, 0, true, true);
    }

    /** Two calls of one caller to one number within the time in which an INVITE is repeated; the store gives them in any order. */
    @Test
    void recordsOfOneCallerAreNotMixedUp() {
        List<Entry> second = MadeRun.call(1, 8_000, 40, 2_000, List.of()).stream()
                .<Entry>map(RecordsExactTest::asCallFive)
                .toList();
        MadeRun run = MadeRun.good().with(second);
        Alone.passes(run);
        MadeRun reversed = MadeRun.good()
                .without(CallDetail.class, one -> one.id().equals("r1"))
                .with(second);
        Alone.passes(reversed.with(MadeRun.record("r1", 1, 2_004, 2_850, 5_880)));
        MadeRun missing = MadeRun.good()
                .with(second)
                .without(CallDetail.class, one -> one.id().equals("r1"));
        assertThat(Alone.fails(missing, CHECKER))
                .containsExactly("call 1 (1000 to 2000, placed at 2.0 s) has no record");
    }

    private static Entry asCallFive(Entry entry) {
        return switch (entry) {
            case Entry.Placed one ->
                new Entry.Placed(one.at(), 5, one.caller(), one.called(), one.answers(), one.way());
            case Entry.Operation one ->
                new Entry.Operation(one.at(), one.began(), 5, one.phone(), one.verb(), one.result(), 200, "");
            case Entry.Audio one ->
                new Entry.Audio(one.at(), one.began(), 5, one.listener(), one.heard(), List.of(), 0, 0, 0, 0);
            case Entry.Over one -> new Entry.Over(one.at(), 5, true, "", List.of());
            case CallDetail one -> new Change(one).named("r5").done();
            default -> throw new IllegalStateException(entry.toString());
        };
    }

    @Test
    void aRecordThatSaysAnsweredOfACallThatNobodyAnsweredIsTold() {
        MadeRun run = oneMayFail()
                .change(
                        CallDetail.class,
                        one -> one.id().equals("r3"),
                        one -> new Change(one).answered(13_000).done());
        assertThat(Alone.fails(run, CHECKER)).singleElement().asString().contains("nobody answered, its record says");
    }

    @Test
    void aCallThatReachedAPhoneNeedsARecordAndOneThatReachedNoneDoesNot() {
        MadeRun run = oneMayFail().without(CallDetail.class, one -> one.id().equals("r3"));
        Alone.fails(run, CHECKER);
        Alone.passes(run.operation(3, Verb.REACH, Result.FAILED));
    }

    private static MadeRun oneMayFail() {
        return MadeRun.good()
                .expecting(new Expectations(500, 2000, 1, 0, false, true))
                .notConnected(3, Result.FAILED);
    }

    @Test
    void theRecordOfACallWhoseByeFailedIsNotOverLaterThanTheCall() {
        MadeRun run = changed(3, one -> one.ended(21_000))
                .expecting(new Expectations(500, 2000, 0, 1, false, true))
                .operation(3, Verb.BYE, Result.FAILED);
        Alone.fails(run, CHECKER);
    }

    @Test
    void nobodyKnowsTheTrueEndOfACallThatIsNotOver() {
        MadeRun run = MadeRun.good()
                .operation(3, Verb.BYE, Result.UNKNOWN)
                .without(Entry.Over.class, over -> over.call() == 3);
        assertThat(Alone.judged(run, CHECKER)).isEqualTo(Judged.UNKNOWN);
    }

    private static String wrong(Function<CallDetail, Change> how) {
        MadeRun run = MadeRun.good()
                .change(
                        CallDetail.class,
                        one -> one.id().equals("r3"),
                        one -> how.apply(one).done());
        List<String> reasons = Alone.fails(run, CHECKER);
        assertThat(reasons)
                .singleElement()
                .asString()
                .startsWith("call 3 (1002 to 2002")
                .endsWith("; record r3");
        return reasons.getFirst();
    }

    private static MadeRun changed(long call, UnaryOperator<Change> how) {
        return MadeRun.good()
                .change(
                        CallDetail.class,
                        one -> one.id().equals("r" + call),
                        one -> how.apply(new Change(one)).done());
    }
}
