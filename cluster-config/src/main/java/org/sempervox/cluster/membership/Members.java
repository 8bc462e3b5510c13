package org.sempervox.cluster.membership;

import java.util.Collection;
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

    /** Without those that are down. */
    Members standing() {
        return new Members(
                self, all.stream().filter(p -> p.counted() && !p.down()).toList());
    }

    Members without(long uid) {
        return new Members(self, all.stream().filter(p -> p.uid() != uid).toList());
    }

    /** The same for the same incarnations, and hardly ever for others; never zero. */
    int code() {
        long mixed = mixed(all.stream().map(Peer::uid).toList());
        return 1 + (int) Long.remainderUnsigned(mixed, (1L << Greeting.VIEW_BITS) - 1);
    }

    /** The same for the same incarnations in any order, and hardly ever for others. */
    static long mixed(Collection<Long> uids) {
        long sum = 0;
        for (long uid : uids) {
            long mixed = uid * 0x9E37_79B9_7F4A_7C15L;
            sum ^= (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L;
        }
        return sum;
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
