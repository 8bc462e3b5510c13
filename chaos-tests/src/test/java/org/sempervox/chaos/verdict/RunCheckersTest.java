package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

/** {@link HistoryWhole}, {@link Protocol}, {@link RegistrationsKept}, {@link FaultsHappened}, {@link NothingLeft}. */
class RunCheckersTest {
    @Test
    void aDamagedHistoryProvesNothing() {
        assertThat(Alone.doubts(MadeRun.good().damaged("it has no end"), "history-whole"))
                .containsExactly("it has no end");
    }

    @Test
    void phonesWithDefectsProveNothing() {
        MadeRun run = MadeRun.good()
                .change(Entry.Phones.class, _ -> true, one -> new Entry.Phones(one.at(), 3, List.of("a stack trace")));
        assertThat(Alone.doubts(run, "history-whole")).containsExactly("defect of the phones: a stack trace");
    }

    @Test
    void phonesThatSayNothingOfThemselvesProveNothing() {
        Alone.doubts(MadeRun.good().without(Entry.Phones.class, _ -> true), "history-whole");
    }

    @Test
    void withoutCallsNothingIsProved() {
        assertThat(Alone.judged(CallCheckersTest.withoutCalls(), "history-whole"))
                .isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void linesOfACallThatWasNeverPlacedAreAHole() {
        Entry.Operation operation = MadeRun.operation(77, 1, 2, "1000", Verb.BYE);
        for (Entry line : Stream.of(operation, new Entry.Over(3, 77, false, "the caller", List.of()))
                .toList()) {
            assertThat(Alone.doubts(MadeRun.good().with(line), "history-whole"))
                    .containsExactly("call 77 was never placed, and something is said of it");
        }
    }

    @Test
    void aCallThatIsPlacedOrOverTwiceIsTwoCallsInOne() {
        MadeRun over = MadeRun.good().with(new Entry.Over(30_000, 3, true, "", List.of()));
        assertThat(Alone.doubts(over, "history-whole")).containsExactly("call 3 is over twice");
        MadeRun placed = MadeRun.good().with(new Entry.Placed(12_000, 3, "1002", "2002", "2002", "direct"));
        assertThat(Alone.doubts(placed, "history-whole")).containsExactly("call 3 is placed twice");
    }

    @Test
    void aViolationOfSipIsTold() {
        MadeRun run = MadeRun.good().with(new Entry.Violation(15_000, "1001", "cseq", "a2@phone", "4 after 5"));
        assertThat(Alone.fails(run, "protocol-kept"))
                .containsExactly("phone 1001 at 15.0 s: cseq, 4 after 5 (Call-ID a2@phone)");
    }

    @Test
    void aPhoneThatIsNotRegisteredAnyMoreIsTold() {
        MadeRun run = MadeRun.good()
                .change(
                        Entry.Binding.class,
                        one -> one.phone().equals("2002"),
                        one -> new Entry.Binding(one.at(), one.phone(), false, "404"));
        assertThat(Alone.fails(run, "registrations-kept")).containsExactly("phone 2002: 404");
    }

    @Test
    void aPhoneThatWasNotAskedMayHaveLostItsRegistration() {
        MadeRun run =
                MadeRun.good().without(Entry.Binding.class, one -> one.phone().equals("2002"));
        assertThat(Alone.doubts(run, "registrations-kept")).containsExactly("phone 2002 registered and was not asked");
        Alone.doubts(MadeRun.good().without(Entry.Binding.class, _ -> true), "registrations-kept");
    }

    @Test
    void aPhoneThatRegistersAfterTheFaultProvesNothing() {
        MadeRun run = MadeRun.good().with(MadeRun.operation(0, 20_000, 20_100, "1001", Verb.REGISTER));
        assertThat(Alone.doubts(run, "registrations-kept"))
                .containsExactly("phone 1001 registered again at 20.0 s, after the first fault");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "UNKNOWN"})
    void aFaultOrItsEndThatWasNotCarriedOutProvesNothing(Result result) {
        for (String phase : List.of("inject", "heal")) {
            MadeRun run = MadeRun.good()
                    .change(Entry.Fault.class, one -> one.phase().equals(phase), one -> with(one, one.phase(), result));
            assertThat(Alone.doubts(run, "faults-happened"))
                    .singleElement()
                    .asString()
                    .contains("freeze of n2", phase);
        }
    }

    @Test
    void anEndWithoutABlowProvesNothing() {
        MadeRun run =
                MadeRun.good().without(Entry.Fault.class, one -> one.phase().equals("inject"));
        Alone.doubts(run, "faults-happened");
    }

    @Test
    void aFaultWhileNobodyTelephonedProvesNothing() {
        MadeRun run = MadeRun.good()
                .with(new Entry.Fault(60_000, 60_000, "e", "kill", List.of("n1"), "inject", Result.OK, ""));
        assertThat(Alone.doubts(run, "faults-happened")).containsExactly("kill of n1 at 60.0 s: no call was up");
    }

    @Test
    void aRunWithoutFaultsDoesNotSayThatTheyHappened() {
        MadeRun run = MadeRun.good().without(Entry.Fault.class, _ -> true);
        assertThat(Alone.judged(run, "faults-happened")).isEqualTo(Judged.NOT_LOOKED_AT);
        Alone.passes(run);
    }

    private static Entry.Fault with(Entry.Fault one, String phase, Result result) {
        return new Entry.Fault(
                one.at(), one.began(), one.id(), one.name(), one.targets(), phase, result, "as the test says");
    }

    @Test
    void whatIsLeftBehindIsTold() {
        assertThat(Alone.fails(left(5, 6), "nothing-left")).containsExactly("rules: 5 before, 6 after (one of n1)");
        Alone.passes(left(5, 4));
    }

    @Test
    void whatCouldNotBeCountedMayBeLeft() {
        Alone.doubts(left(5, -1), "nothing-left");
        Alone.doubts(left(-1, -1), "nothing-left");
        Alone.doubts(MadeRun.good().without(Entry.Left.class, _ -> true), "nothing-left");
    }

    private static MadeRun left(long before, long after) {
        return MadeRun.good().with(new Entry.Left(70_000, "rules", before, after, "one of n1"));
    }
}
