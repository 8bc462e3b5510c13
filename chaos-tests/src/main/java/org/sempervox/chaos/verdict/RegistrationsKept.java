package org.sempervox.chaos.verdict;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

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
        registered(history, opinion);
    }

    private static void registered(History history, Opinion opinion) {
        Set<String> asked =
                history.stream(Entry.Binding.class).map(Entry.Binding::phone).collect(Collectors.toSet());
        List<Entry.Operation> registrations = history.stream(Entry.Operation.class)
                .filter(one -> one.verb() == Verb.REGISTER && one.result() == Result.OK)
                .toList();
        registrations.stream()
                .map(Entry.Operation::phone)
                .distinct()
                .filter(phone -> !asked.contains(phone))
                .forEach(phone -> opinion.unknown("phone " + phone + " registered and was not asked"));
        double struck = history.stream(Entry.Fault.class)
                .mapToDouble(Entry.Fault::began)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        registrations.stream()
                .filter(one -> one.began() > struck)
                .forEach(one -> opinion.unknown("phone %s registered again at %.1f s, after the first fault"
                        .formatted(one.phone(), one.began() / 1000)));
    }
}
