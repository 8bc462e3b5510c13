package org.sempervox.cluster.membership;

import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The members as one node sees them at one moment, in address order. */
public record Members(long self, List<Peer> all) {
    public Members {
        all = all.stream().sorted().toList();
    }

    public Optional<Peer> of(long uid) {
        return all.stream().filter(p -> p.uid() == uid).findFirst();
    }

    public boolean selfCounted() {
        return of(self).filter(Peer::counted).isPresent();
    }

    public List<Peer> others() {
        return all.stream().filter(p -> p.uid() != self).toList();
    }

    public List<Peer> counted() {
        return all.stream().filter(Peer::counted).toList();
    }

    /** More than half of the counted members, or exactly half with the lowest address among them (keep-majority). */
    public boolean keeps(LongPredicate present) {
        List<Peer> counted = counted();
        long there = counted.stream().filter(p -> present.test(p.uid())).count();
        if (2 * there == counted.size()) {
            return there > 0 && present.test(counted.getFirst().uid());
        }
        return 2 * there > counted.size();
    }

    /** More than half of the counted members, strictly: half of them never proves a death. */
    public boolean majority(LongPredicate present) {
        List<Peer> counted = counted();
        return 2 * counted.stream().filter(p -> present.test(p.uid())).count() > counted.size();
    }
}
