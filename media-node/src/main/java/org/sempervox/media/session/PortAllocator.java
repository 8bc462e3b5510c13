package org.sempervox.media.session;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The RTP ports of one service address: even, the next one is for RTCP. First free, first given; a port that was in use rests for
 * {@link #REST_NANOS} so that late packets of its last call do not reach the next one. Not thread-safe; reads no clock.
 */
final class PortAllocator {
    static final long REST_NANOS = 10_000_000_000L;

    private record Free(int pair, long from) {}

    private final int first;
    private final int pairs;
    private final BitSet used;
    private final long[] freeFrom;
    /** May hold entries of pairs that were claimed out of turn; they are skipped when they come up. */
    private final ArrayDeque<Free> queue = new ArrayDeque<>();

    /**
     * All ports free.
     *
     * @param first first even port
     * @param last last port, inclusive
     * @param start any number: where in the range to begin, so that two owners of an address do not begin at the same place
     */
    PortAllocator(int first, int last, int start, long now) {
        this.first = first;
        this.pairs = (last - first + 1) / 2;
        this.used = new BitSet(pairs);
        this.freeFrom = new long[pairs];
        int begin = Math.floorMod(start, pairs);
        for (int i = 0; i < pairs; i++) {
            int pair = (begin + i) % pairs;
            freeFrom[pair] = now;
            queue.add(new Free(pair, now));
        }
    }

    /** The RTP port that has been free for longest; empty if all are in use or resting. */
    OptionalInt take(long now) {
        for (Free head = queue.peek(); head != null; head = queue.peek()) {
            if (used.get(head.pair) || freeFrom[head.pair] != head.from) {
                queue.remove();
            } else if (head.from - now > 0) {
                return OptionalInt.empty();
            } else {
                queue.remove();
                used.set(head.pair);
                return OptionalInt.of(first + 2 * head.pair);
            }
        }
        return OptionalInt.empty();
    }

    /** Marks a port that a plan already names as used, resting or not; false if it is in use or not of this range. */
    boolean claim(int port) {
        int pair = pair(port);
        if (pair < 0 || used.get(pair)) {
            return false;
        }
        used.set(pair);
        return true;
    }

    /** Gives a port back; it rests first. Ports that are not in use are ignored. */
    void release(int port, long now) {
        int pair = pair(port);
        if (pair >= 0 && used.get(pair)) {
            used.clear(pair);
            freeFrom[pair] = now + REST_NANOS;
            queue.add(new Free(pair, freeFrom[pair]));
        }
    }

    int inUse() {
        return used.cardinality();
    }

    private int pair(int port) {
        int offset = port - first;
        return offset >= 0 && offset % 2 == 0 && offset / 2 < pairs ? offset / 2 : -1;
    }
}
