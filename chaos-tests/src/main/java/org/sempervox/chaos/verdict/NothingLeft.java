package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** Sockets, processes, namespaces, rules: counted by the operating system before the first call and after the last. */
final class NothingLeft implements Checker {
    @Override
    public String name() {
        return "nothing-left";
    }

    @Override
    public String question() {
        return "Is nothing left behind: no media port, no process, no rule?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        var all = history.of(Entry.Left.class);
        for (Entry.Left one : all) {
            opinion.text(one.what(), one.before() + " before, " + one.after() + " after");
            if (one.before() < 0 || one.after() < 0) {
                opinion.unknown(one.what() + " could not be counted");
            } else if (one.after() > one.before()) {
                opinion.fails("%s: %d before, %d after%s"
                        .formatted(
                                one.what(),
                                one.before(),
                                one.after(),
                                one.detail().isEmpty() ? "" : " (" + one.detail() + ")"));
            }
        }
        if (all.isEmpty()) {
            opinion.unknown("nothing was counted");
        }
    }
}
