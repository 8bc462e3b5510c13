package org.sempervox.chaos.verdict;

import java.util.List;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;

/** Calls that were placed, before, during and after the fault, are connected. */
final class CallsSetUp implements Checker {
    @Override
    public String name() {
        return "calls-set-up";
    }

    @Override
    public String question() {
        return "Was every call that was placed connected, also those placed during the fault?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        List<FaultSpan> faults = FaultSpan.of(history);
        long placed = 0;
        long during = 0;
        long failed = 0;
        for (CallStory call : CallStory.of(history)) {
            placed++;
            if (FaultSpan.underWay(faults, call.placed().at())) {
                during++;
            }
            if (!call.established()) {
                failed++;
                Entry.Operation bad = call.operations().stream()
                        .filter(one -> one.result() != Result.OK)
                        .findFirst()
                        .orElse(null);
                String why =
                        call.name() + ": " + (bad == null ? "nothing is said of its set-up" : CallStory.words(bad));
                if (failed <= history.begin().expect().failedCalls()) {
                    opinion.text("allowed failure " + failed, why);
                } else if (bad == null) {
                    opinion.unknown(why);
                } else {
                    opinion.fails(why);
                }
            }
        }
        opinion.figure("placed", placed);
        opinion.figure("placed during a fault", during);
        opinion.figure("not connected", failed);
        if (placed == 0) {
            opinion.unknown("no call was placed");
        }
    }
}
