package org.sempervox.chaos.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;
import org.sempervox.chaos.verdict.CallStory;
import org.sempervox.chaos.verdict.FaultSpan;
import org.sempervox.chaos.verdict.Verdict;

/**
 * What all sections of a page look at.
 *
 * @param end when the last call was over and the last fault healed, in milliseconds of the run
 */
record Run(History history, Verdict verdict, List<CallStory> calls, List<FaultSpan> faults, double end) {
    /** A silence with whom it struck. */
    record Heard(CallStory call, Side listener, Silence silence) {}

    static Run of(History history, Verdict verdict) {
        double end = history.entries().stream().mapToDouble(Run::lasts).max().orElse(0);
        return new Run(history, verdict, CallStory.of(history), FaultSpan.of(history), Math.max(1000, end));
    }

    /** What is asked for and counted at the end is no part of the time that is drawn. */
    private static double lasts(Entry entry) {
        return switch (entry) {
            case Entry.Placed one -> one.at();
            case Entry.Operation one -> one.at();
            case Entry.Audio one -> one.at();
            case Entry.Over one -> one.at();
            case Entry.Fault one -> one.at();
            case Entry.Woken one -> one.at();
            case Entry.NodeProcess one -> one.at();
            case Entry.Begin _,
                    Entry.Binding _,
                    Entry.CallDetail _,
                    Entry.Violation _,
                    Entry.Speech _,
                    Entry.Overlap _,
                    Entry.Writing _,
                    Entry.Left _,
                    Entry.Phones _,
                    Entry.SecondLoad _,
                    Entry.SecondOpinion _,
                    Entry.Note _ -> 0;
        };
    }

    Entry.Begin begin() {
        return history.begin();
    }

    /** When it was over; a call of which nobody says so goes on to the end. */
    double over(CallStory call) {
        return call.over().map(Entry.Over::at).orElse(end);
    }

    /** Calls placed and not over at a moment. */
    long up(double at) {
        return calls.stream()
                .filter(call -> call.placed().at() <= at && over(call) > at)
                .count();
    }

    Stream<Heard> silences() {
        return calls.stream()
                .flatMap(call -> call.audio().stream()
                        .flatMap(audio ->
                                audio.silences().stream().map(silence -> new Heard(call, audio.listener(), silence))));
    }

    /** Milliseconds from the INVITE to the ringing at the caller; empty if he heard none. */
    static OptionalDouble ringing(CallStory call) {
        return call.done(Verb.RING)
                .map(ring -> OptionalDouble.of(ring.at() - call.placed().at()))
                .orElse(OptionalDouble.empty());
    }

    /** A moment of the run as UTC, to the millisecond; empty if the beginning is not told as ISO-8601. */
    String wall(double at) {
        try {
            return Instant.parse(begin().wall())
                    .plus(Duration.ofNanos((long) (at * 1e6)))
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString();
        } catch (DateTimeException e) {
            return "";
        }
    }
}
