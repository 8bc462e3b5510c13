package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** A node that was frozen, or cut off from the majority, must be silent when it comes back (S21), and end itself. */
final class FencedSilent implements Checker {
    private static final double PATIENCE_MS = 5_000;

    @Override
    public String name() {
        return "fenced-silent";
    }

    @Override
    public String question() {
        return "Was a node that had been given up silent when it came back?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        var woken = history.of(Entry.Woken.class);
        if (woken.isEmpty()) {
            if (history.begin().expect().fencedSilent()) {
                opinion.unknown("no node came back");
            } else {
                opinion.notLookedAt("no node was given up and came back");
            }
            return;
        }
        long givenUp = 0;
        for (Entry.Woken one : woken) {
            if (one.endedMs() < 0 && !history.begin().expect().fencedSilent()) {
                opinion.text(one.node(), "goes on");
                continue;
            }
            givenUp++;
            opinion.milliseconds(one.node() + " ended after", one.endedMs());
            if (one.endedMs() < 0 || one.endedMs() > PATIENCE_MS) {
                opinion.fails("%s did not end itself within %.0f ms after it came back at %.1f s"
                        .formatted(one.node(), PATIENCE_MS, one.at() / 1000));
            }
            if (one.spoke() > 0) {
                opinion.fails("%s sent %d packets from a service address after it came back"
                        .formatted(one.node(), one.spoke()));
            }
            if (one.repeats() > 0) {
                opinion.fails("%d packets were heard again or in the wrong order when %s came back"
                        .formatted(one.repeats(), one.node()));
            }
            if (one.spoke() < 0 && (one.repeats() < 0 || history.begin().capture())) {
                opinion.unknown("nobody listened when " + one.node() + " came back");
            }
        }
        if (givenUp == 0) {
            opinion.notLookedAt("no node was away for so long that it had to be given up");
        }
    }
}
