package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** No phone registered twice: what it was told in the beginning must still hold at the end. */
final class RegistrationsKept implements Checker {
    @Override
    public String name() {
        return "registrations-kept";
    }

    @Override
    public String question() {
        return "Is every phone still registered, without having registered again?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        var all = history.of(Entry.Binding.class);
        opinion.figure("phones", all.size());
        opinion.figure("kept", all.stream().filter(Entry.Binding::found).count());
        all.stream()
                .filter(one -> !one.found())
                .forEach(one -> opinion.fails("phone " + one.phone() + ": " + one.detail()));
        if (all.isEmpty()) {
            opinion.unknown("no phone was asked");
        }
    }
}
