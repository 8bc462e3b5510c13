package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.client.Percentiles;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Verb;

/** How long callers wait for the ringing. */
final class NewCallDelay implements Checker {
    @Override
    public String name() {
        return "new-call-delay";
    }

    @Override
    public String question() {
        return "Did every caller hear ringing soon enough?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        double most = history.begin().expect().newCallMs();
        List<FaultSpan> faults = FaultSpan.of(history);
        List<Double> calm = new ArrayList<>();
        List<Double> during = new ArrayList<>();
        for (CallStory call : CallStory.of(history)) {
            if (call.established() && call.done(Verb.RING).isEmpty()) {
                withoutRinging(call, most, opinion);
            }
            call.done(Verb.RING).ifPresent(ring -> {
                double delay = ring.at() - call.placed().at();
                (FaultSpan.underWay(faults, call.placed().at()) ? during : calm).add(delay);
                if (most >= 0 && delay > most) {
                    opinion.fails("%s: ringing after %.0f ms".formatted(call.name(), delay));
                }
            });
        }
        opinion.milliseconds("longest during a fault", Percentiles.of(during).max());
        opinion.milliseconds("p99 during a fault", Percentiles.of(during).rank(99));
        opinion.milliseconds("p50 during a fault", Percentiles.of(during).rank(50));
        opinion.milliseconds("longest otherwise", Percentiles.of(calm).max());
        opinion.text("allowed", most < 0 ? "any" : "%.0f ms".formatted(most));
        if (calm.isEmpty() && during.isEmpty()) {
            opinion.unknown("no call rang");
        }
    }

    /** A caller who was connected soon enough need not have heard it. */
    private static void withoutRinging(CallStory call, double most, Opinion opinion) {
        double connected =
                call.done(Verb.CONNECT).orElseThrow().at() - call.placed().at();
        if (most >= 0 && connected > most) {
            opinion.unknown("%s: connected after %.0f ms, and no ringing is told of".formatted(call.name(), connected));
        }
    }
}
