package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** By the capture of what each host sent. */
final class OneOwner implements Checker {
    @Override
    public String name() {
        return "one-owner";
    }

    @Override
    public String question() {
        return "Did never two machines speak with the same address in the same millisecond?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        if (!history.begin().capture()) {
            opinion.notLookedAt("the network was not captured (--netns does)");
            return;
        }
        var speech = history.of(Entry.Speech.class);
        opinion.figure(
                "packets", speech.stream().mapToLong(Entry.Speech::packets).sum());
        opinion.figure(
                "addresses",
                speech.stream().map(Entry.Speech::address).distinct().count());
        opinion.figure(
                "speakers", speech.stream().map(Entry.Speech::host).distinct().count());
        long both = 0;
        for (Entry.Overlap overlap : history.of(Entry.Overlap.class)) {
            both += overlap.milliseconds();
            opinion.fails("%s: %s both spoke in %d milliseconds from %.3f to %.3f s"
                    .formatted(
                            overlap.address(),
                            String.join(" and ", overlap.hosts()),
                            overlap.milliseconds(),
                            overlap.began() / 1000,
                            overlap.at() / 1000));
        }
        opinion.figure("milliseconds with two speakers", both);
        if (speech.isEmpty()) {
            opinion.unknown("the capture holds nothing of any service address");
        }
    }
}
