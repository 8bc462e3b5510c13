package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Writing;
import org.sempervox.chaos.history.Expectations;

/** {@link OneEntity}, {@link OneOwner}, {@link FencedSilent}. */
class ClusterCheckersTest {
    private static final String ONE = MadeRun.WRITER_ONE;
    private static final String TWO = MadeRun.WRITER_TWO;
    private static final Expectations LIVES_ON = new Expectations(500, 2000, 0, 0, false, false);

    @Test
    void aWriterThatComesBackAfterAnotherOneWasAliveBesideIt() {
        MadeRun run = written(row(1, 2, ONE), row(3, 3, TWO), row(4, 5, ONE));
        assertThat(Alone.fails(run, "one-entity"))
                .containsExactly("call-z: " + ONE + " wrote event 4 after another one had taken over");
    }

    @Test
    void anEventThatIsThereTwiceHasTwoWriters() {
        assertThat(Alone.fails(written(row(1, 2, ONE), row(1, 3, TWO)), "one-entity"))
                .containsExactly("call-z: event 1 is there twice, by " + ONE + " and " + TWO);
        assertThat(Alone.fails(written(row(1, 3, ONE), row(3, 4, TWO)), "one-entity"))
                .containsExactly("call-z: events 3 to 3 are there twice");
        assertThat(Alone.fails(written(row(1, 9, ONE), row(3, 4, TWO)), "one-entity"))
                .containsExactly("call-z: events 3 to 4 are there twice");
    }

    @Test
    void rowsThatLieWithinEarlierOnesAreNoticedAlsoIfOthersComeBetween() {
        Alone.fails(written(row(1, 9, ONE), row(10, 10, TWO), row(5, 5, "n3-life-1")), "one-entity");
    }

    @Test
    void whoWroteAnEventThatIsMissingIsNotKnown() {
        assertThat(Alone.doubts(written(row(1, 2, ONE), row(5, 6, TWO)), "one-entity"))
                .containsExactly("call-z: events 3 to 4 are missing");
    }

    @Test
    void aWriterThatStillWroteWhenTheNextOneHadBegunWasAliveBesideIt() {
        MadeRun run = written(
                new Writing(70_000, "call-z", 1, 2, ONE, 1_000, 2_051),
                new Writing(70_000, "call-z", 3, 4, TWO, 2_000, 2_100));
        assertThat(Alone.fails(run, "one-entity"))
                .singleElement()
                .asString()
                .contains("wrote event 2 at 2.051 s, after");
        Alone.passes(written(
                new Writing(70_000, "call-z", 1, 2, ONE, 1_000, 2_050),
                new Writing(70_000, "call-z", 3, 4, TWO, 2_000, 2_100)));
    }

    @Test
    void oneWriterInTwoLinesIsStillOne() {
        Alone.passes(written(row(1, 2, ONE), row(3, 4, ONE), row(5, 5, TWO)));
    }

    @Test
    void rowsThatBeginLateAreThoseOfWhichTheOldestAreGone() {
        Alone.passes(written(row(7, 9, ONE)));
    }

    @Test
    void aStoreWithoutRowsProvesNothing() {
        Alone.doubts(MadeRun.good().without(Writing.class, _ -> true), "one-entity");
    }

    @Test
    void aStoreThatWasNotReadWasNotLookedAt() {
        MadeRun run = MadeRun.good().looking(true, false).without(Writing.class, _ -> true);
        assertThat(Alone.judged(run, "one-entity")).isEqualTo(Judged.NOT_LOOKED_AT);
        Alone.passes(run);
    }

    private static MadeRun written(Writing... rows) {
        return MadeRun.good().with(rows);
    }

    private static Writing row(long first, long last, String writer) {
        return new Writing(70_000, "call-z", first, last, writer, first * 100, first * 100);
    }

    @Test
    void twoSpeakersAtOnceAreTold() {
        MadeRun run = MadeRun.good().with(new Entry.Overlap(16_020, 16_000, "10.77.0.2", List.of("n1", "n2"), 7));
        assertThat(Alone.fails(run, "one-owner"))
                .containsExactly("10.77.0.2: n1 and n2 both spoke in 7 milliseconds from 16.000 to 16.020 s");
    }

    @Test
    void aCaptureWithoutSpeechProvesNothing() {
        Alone.doubts(MadeRun.good().without(Entry.Speech.class, _ -> true), "one-owner");
    }

    @Test
    void withoutCaptureNobodyLooked() {
        MadeRun run = MadeRun.good().looking(false, true).without(Entry.Speech.class, _ -> true);
        assertThat(Alone.judged(run, "one-owner")).isEqualTo(Judged.NOT_LOOKED_AT);
        Alone.passes(run);
    }

    @Test
    void aNodeThatGoesOnAfterItWasGivenUpIsTold() {
        assertThat(Alone.fails(woken(-1, 0, 0), "fenced-silent"))
                .containsExactly("n2 did not end itself within 5000 ms after it came back at 17.0 s");
        Alone.fails(woken(5_001, 0, 0), "fenced-silent");
        Alone.passes(woken(5_000, 0, 0));
    }

    @Test
    void aNodeThatSpeaksAfterItWasGivenUpIsTold() {
        assertThat(Alone.fails(woken(400, 3, 0), "fenced-silent"))
                .containsExactly("n2 sent 3 packets from a service address after it came back");
        Alone.fails(woken(400, 3, 0).expecting(LIVES_ON), "fenced-silent");
    }

    @Test
    void audioThatIsHeardAgainWhenANodeComesBackIsTold() {
        assertThat(Alone.fails(woken(400, 0, 2), "fenced-silent"))
                .containsExactly("2 packets were heard again or in the wrong order when n2 came back");
    }

    @Test
    void nobodyListenedWhenTheNodeCameBack() {
        Alone.doubts(woken(400, -1, -1), "fenced-silent");
        MadeRun run = woken(400, -1, -1).looking(false, true).without(Entry.Speech.class, _ -> true);
        assertThat(Alone.judged(run, "fenced-silent")).isEqualTo(Judged.UNKNOWN);
    }

    @Test
    void aCaptureThatDoesNotSayWhetherTheNodeSpokeProvesNothing() {
        Alone.doubts(woken(400, -1, 0), "fenced-silent");
        MadeRun run = woken(400, -1, 0).looking(false, true).without(Entry.Speech.class, _ -> true);
        Alone.passes(run);
    }

    @Test
    void noNodeCameBackAlthoughOneShould() {
        MadeRun run = MadeRun.good().without(Entry.Woken.class, _ -> true);
        Alone.doubts(run, "fenced-silent");
        assertThat(Alone.judged(run.expecting(LIVES_ON), "fenced-silent")).isEqualTo(Judged.NOT_LOOKED_AT);
        Alone.passes(run);
    }

    @Test
    void aNodeThatWasFrozenTooShortlyToBeGivenUpMayGoOn() {
        MadeRun run = woken(-1, 90, 4).expecting(LIVES_ON);
        assertThat(Alone.judged(run, "fenced-silent")).isEqualTo(Judged.NOT_LOOKED_AT);
        Alone.passes(run);
    }

    private static MadeRun woken(double endedMs, long spoke, long repeats) {
        return MadeRun.good()
                .change(
                        Entry.Woken.class,
                        _ -> true,
                        one -> new Entry.Woken(one.at(), one.node(), endedMs, spoke, repeats));
    }
}
