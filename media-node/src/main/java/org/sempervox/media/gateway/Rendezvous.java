package org.sempervox.media.gateway;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Rendezvous hashing: the same session gets the same address on every node, and an address that goes away moves only its own sessions. */
final class Rendezvous {
    private Rendezvous() {}

    /** Index below {@code count} with the highest score among those that are eligible. */
    static Optional<Integer> choose(String session, int count, IntPredicate eligible) {
        Optional<Integer> best = Optional.empty();
        long highest = Long.MIN_VALUE;
        for (int index = 0; index < count; index++) {
            long score = score(session, index);
            if (eligible.test(index) && (best.isEmpty() || score > highest)) {
                best = Optional.of(index);
                highest = score;
            }
        }
        return best;
    }

    /** The finalizer of MurmurHash3 over both. */
    private static long score(String session, int index) {
        long mixed = session.hashCode() * 0x9E3779B97F4A7C15L + (index + 1) * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
