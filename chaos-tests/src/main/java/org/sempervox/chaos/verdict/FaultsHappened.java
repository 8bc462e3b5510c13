package org.sempervox.chaos.verdict;

import java.util.Locale;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;

/** A fault that was not carried out, or that struck when no call was up, proves nothing. */
final class FaultsHappened implements Checker {
    @Override
    public String name() {
        return "faults-happened";
    }

    @Override
    public String question() {
        return "Was every fault carried out and healed, while calls were up?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        var faults = history.of(Entry.Fault.class);
        var calls = CallStory.of(history);
        for (Entry.Fault fault : faults) {
            String name = "%s of %s at %.1f s"
                    .formatted(fault.name(), String.join(", ", fault.targets()), fault.began() / 1000);
            if (fault.result() != Result.OK) {
                opinion.unknown(name + ", " + fault.phase() + ": "
                        + fault.result().name().toLowerCase(Locale.ROOT) + ", " + fault.detail());
            }
            if (fault.phase().equals("inject")) {
                long up = calls.stream().filter(call -> up(call, fault.began())).count();
                opinion.figure("calls up at " + name, up);
                if (up == 0) {
                    opinion.unknown(name + ": no call was up");
                }
            }
        }
        FaultSpan.of(history).stream()
                .map(FaultSpan::blow)
                .filter(one -> !one.phase().equals("inject"))
                .forEach(one -> opinion.unknown("%s of %s was healed at %.1f s, and nothing is said of its beginning"
                        .formatted(one.name(), String.join(", ", one.targets()), one.at() / 1000)));
        if (faults.isEmpty()) {
            opinion.notLookedAt("the history has no fault");
        }
        opinion.figure(
                "faults",
                faults.stream().filter(one -> one.phase().equals("inject")).count());
    }

    private static boolean up(CallStory call, double at) {
        return call.placed().at() <= at
                && call.over().map(over -> over.at() > at).orElse(true);
    }
}
