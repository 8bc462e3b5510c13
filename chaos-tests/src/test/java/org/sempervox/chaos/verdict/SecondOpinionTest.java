package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sempervox.chaos.history.Expectations;

class SecondOpinionTest {
    private static final String CHECKER = "second-opinion";

    /** All as it should be, with so many records. */
    private static MadeRun asked(int records) {
        return MadeRun.good().withSecondLoad(records);
    }

    @Test
    void aScenarioWithoutSippSaysThatNobodyLooked() {
        MadeRun run = MadeRun.good();
        assertThat(Alone.judged(run, CHECKER)).isEqualTo(Judged.NOT_LOOKED_AT);
        assertThat(run.verdict().of(CHECKER).reasons())
                .singleElement()
                .asString()
                .contains("sipp-calls-per-second");
        Alone.passes(run);
    }

    @Test
    void callsThatAllSucceededAreGoodAndTheirRecordsAreNobodyElses() {
        MadeRun run = asked(3).with(MadeRun.sippSaw(3, 3, 0, 0, 3, 3));
        Alone.passes(run);
        assertThat(Alone.judged(run, CHECKER)).isEqualTo(Judged.PASS);
    }

    @Test
    void statisticsThatAreMissingProveNothing() {
        assertThat(Alone.doubts(asked(0), CHECKER))
                .containsExactly("SIPp was asked for 1 times, and its statistics are there 0 times");
        Alone.doubts(asked(3).with(MadeRun.sippSaw(3, 3, 0, 0, 3, 3), MadeRun.sippSaw(3, 3, 0, 0, 3, 3)), CHECKER);
        Alone.doubts(MadeRun.good().with(MadeRun.sippSaw(0, 0, 0, 0, 0, 0)), CHECKER);
    }

    @Test
    void withoutCallsNothingIsProved() {
        assertThat(Alone.doubts(asked(0).with(MadeRun.sippSaw(0, 0, 0, 0, 0, 0)), CHECKER))
                .containsExactly("SIPp placed no call");
    }

    @Test
    void aCallThatFailedIsTold() {
        assertThat(Alone.fails(asked(2).with(MadeRun.sippSaw(3, 2, 0, 1, 2, 2)), CHECKER))
                .containsExactly(
                        "1 of 3 calls of SIPp did not succeed (0 refused, 1 failed, 0 did not end), 0 may: a 486");
    }

    @Test
    void aCallThatWasRefusedOrHasNoEndIsToldLikewise() {
        assertThat(Alone.fails(asked(2).with(MadeRun.sippSaw(3, 2, 1, 0, 2, 2)), CHECKER))
                .containsExactly("1 of 3 calls of SIPp did not succeed (1 refused, 0 failed, 0 did not end), 0 may");
        assertThat(Alone.fails(asked(2).with(MadeRun.sippSaw(3, 2, 0, 0, 3, 2)), CHECKER))
                .containsExactly("1 of 3 calls of SIPp did not succeed (0 refused, 0 failed, 1 did not end), 0 may");
    }

    @Test
    void asManyMayFailAsTheScenarioAllows() {
        MadeRun run = asked(2).with(MadeRun.sippSaw(4, 2, 1, 1, 2, 2));
        Alone.passes(run.expecting(new Expectations(500, 2000, 2, 0, false, true)));
        Alone.fails(run.expecting(new Expectations(500, 2000, 1, 0, false, true)), CHECKER);
    }

    @Test
    void aCallThatNoCalleeTookDidNotSucceed() {
        assertThat(Alone.fails(asked(3).with(MadeRun.sippSaw(3, 3, 0, 0, 2, 2)), CHECKER))
                .containsExactly("3 calls of SIPp succeeded, and its callees took only 2");
    }

    @Test
    void aCalleeThatIsCalledMoreOftenThanAnybodyCallsHearsAGhost() {
        assertThat(Alone.fails(asked(3).with(MadeRun.sippSaw(3, 3, 0, 0, 4, 4)), CHECKER))
                .containsExactly("SIPp placed 3 calls, and its callees took 4");
    }

    @Test
    void aCalleeThatIsNotToldOfTheEndIsTold() {
        assertThat(Alone.fails(asked(3).with(MadeRun.sippSaw(3, 3, 0, 0, 3, 2)), CHECKER))
                .containsExactly("1 calls of SIPp did not end at its callees as they should");
    }

    @Test
    void aMissingRecordOrOneTooManyIsTold() {
        assertThat(Alone.fails(asked(2).with(MadeRun.sippSaw(3, 3, 0, 0, 3, 3)), CHECKER))
                .containsExactly("SIPp placed 3 calls, 3 succeeded, and 2 have a record with an answer");
        Alone.fails(asked(4).with(MadeRun.sippSaw(3, 3, 0, 0, 3, 3)), CHECKER);
        Alone.fails(asked(2).with(MadeRun.sippRecord("unanswered", -1), MadeRun.sippSaw(3, 3, 0, 0, 3, 3)), CHECKER);
    }

    @Test
    void moreEndsThanCallsProveNothing() {
        assertThat(Alone.doubts(asked(2).with(MadeRun.sippSaw(2, 2, 1, 0, 2, 2)), CHECKER))
                .containsExactly("SIPp counted more ends than calls");
    }
}
