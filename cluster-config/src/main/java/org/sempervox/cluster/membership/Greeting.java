package org.sempervox.cluster.membership;

/**
 * What a node says before each heartbeat: one number. 0.1.0 never says it, and passes over it.
 *
 * @param wallMillis its wall clock, in milliseconds since 1970, up to the year 2109
 * @param view of its members, as {@link Members#code}; 1 to 2^22 - 1
 */
record Greeting(long wallMillis, int view) {
    private static final int CLOCK_BITS = 42;
    static final int VIEW_BITS = Long.SIZE - CLOCK_BITS;

    long code() {
        return (long) view << CLOCK_BITS | wallMillis;
    }

    static Greeting of(long code) {
        return new Greeting(code & (1L << CLOCK_BITS) - 1, (int) (code >>> CLOCK_BITS));
    }
}
