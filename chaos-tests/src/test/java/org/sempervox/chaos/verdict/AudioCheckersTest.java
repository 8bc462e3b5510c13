package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Audio;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.Expectations;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;

/** {@link AudioGaps}, {@link BothDirections}, {@link NoStranger}. */
class AudioCheckersTest {
    private static final Expectations ANY_GAP = new Expectations(-1, 2000, 0, 0, false, true);

    @Test
    void aSilenceThatIsTooLongIsTold() {
        MadeRun run = heard(2, Side.CALLEE, one -> silent(one, new Silence(10_100, 501, false)));
        assertThat(Alone.fails(run, "audio-gaps"))
                .containsExactly(
                        "call 2 (1001 to 2001, placed at 8.0 s): the callee heard nothing for 501 ms from 10.1 s on");
        assertThat(run.verdict().of("audio-gaps").figures()).containsEntry("longest", "501 ms");
    }

    @Test
    void theAllowedSilenceIsAllowed() {
        Alone.passes(heard(2, Side.CALLEE, one -> silent(one, new Silence(10_100, 500, false))));
        Alone.passes(heard(2, Side.CALLEE, one -> silent(one, new Silence(10_100, 5_000, false)))
                .expecting(ANY_GAP));
    }

    @Test
    void aSilenceAsLongAsThePhonesWereLateProvesNothing() {
        MadeRun run = heard(2, Side.CALLEE, one -> silent(one, new Silence(10_100, 600, false)))
                .change(Entry.Phones.class, _ -> true, one -> new Entry.Phones(one.at(), 600, List.of()));
        Alone.doubts(run, "audio-gaps");
    }

    @Test
    void anEstablishedCallThatNobodyListenedToIsNotSilentForCertain() {
        for (Side side : Side.values()) {
            MadeRun run = MadeRun.good().without(Audio.class, one -> one.call() == 3 && one.listener() == side);
            assertThat(Alone.judged(run, "audio-gaps")).isEqualTo(Judged.UNKNOWN);
            assertThat(Alone.judged(run, "both-directions")).isEqualTo(Judged.UNKNOWN);
            assertThat(run.verdict().judged()).isEqualTo(Judged.UNKNOWN);
        }
    }

    @Test
    void nobodyListenedAtAll() {
        MadeRun run = MadeRun.good().without(Audio.class, _ -> true);
        for (String checker : List.of("audio-gaps", "both-directions", "no-stranger-heard")) {
            assertThat(Alone.judged(run, checker)).as(checker).isEqualTo(Judged.UNKNOWN);
        }
    }

    @Test
    void aShortStretchInWhichNothingWasHeardIsASilence() {
        MadeRun run = MadeRun.good().with(new Audio(28_845, 28_000, 2, Side.CALLER, 0, List.of(), 0, 0, 0, 0));
        assertThat(Alone.fails(run, "audio-gaps"))
                .containsExactly(
                        "call 2 (1001 to 2001, placed at 8.0 s): the caller heard nothing for 845 ms from 28.0 s on, to the end");
    }

    @Test
    void aMeterThatHeardHardlyAnythingAndTellsOfNoSilenceIsNotBelieved() {
        MadeRun run = heard(
                2,
                Side.CALLER,
                one -> new Audio(one.at(), one.began(), one.call(), one.listener(), 10, List.of(), 0, 0, 0, 0));
        assertThat(Alone.doubts(run, "audio-gaps")).singleElement().asString().contains("10 packets in 20.0 s");
    }

    @Test
    void aSideThatHeardNothingIsTold() {
        MadeRun run = heard(
                        3,
                        Side.CALLER,
                        one -> new Audio(one.at(), one.began(), one.call(), one.listener(), 0, List.of(), 0, 0, 0, 0))
                .expecting(ANY_GAP);
        assertThat(Alone.fails(run, "both-directions"))
                .containsExactly(
                        "call 3 (1002 to 2002, placed at 12.0 s): the caller heard nothing from 13.2 to 19.2 s");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "UNKNOWN"})
    void aSideThatDidNotBeginToHearIsTold(Result result) {
        Alone.fails(MadeRun.good().operation(3, Verb.HEAR_AT_CALLEE, result), "both-directions");
        Alone.fails(MadeRun.good().operation(3, Verb.HEAR_AT_CALLER, result), "both-directions");
    }

    @Test
    void nobodyKnowsWhetherTheyHeardEachOtherAfterAHoldIfNobodyListenedThen() {
        MadeRun run = heard(
                2,
                Side.CALLEE,
                one -> new Audio(13_000, one.began(), one.call(), one.listener(), 200, one.silences(), 0, 0, 0, 0));
        assertThat(Alone.doubts(run, "both-directions"))
                .containsExactly(
                        "call 2 (1001 to 2001, placed at 8.0 s): nobody listened at the callee after the hold");
        Alone.passes(run.with(MadeRun.operation(2, 14_999, 15_100, "2001", Verb.HEAR_AT_CALLEE)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
    void whoHearsAnybodyElseIsTold(long strange, long own, long wrongWay) {
        MadeRun run = heard(
                1,
                Side.CALLER,
                one -> new Audio(
                        one.at(),
                        one.began(),
                        one.call(),
                        one.listener(),
                        one.heard(),
                        List.of(),
                        strange,
                        own,
                        wrongWay,
                        0));
        assertThat(Alone.fails(run, "no-stranger-heard"))
                .containsExactly(("call 1 (1000 to 2000, placed at 2.0 s): the caller heard %d packets of other calls,"
                                + " %d of himself, %d in the wrong direction")
                        .formatted(strange, own, wrongWay));
    }

    private static MadeRun heard(long call, Side side, UnaryOperator<Audio> how) {
        return MadeRun.good().change(Audio.class, one -> one.call() == call && one.listener() == side, how);
    }

    private static Audio silent(Audio one, Silence silence) {
        return new Audio(one.at(), one.began(), one.call(), one.listener(), one.heard(), List.of(silence), 0, 0, 0, 0);
    }
}
