package org.sempervox.cluster.membership;

/**
 * What a node says of itself with each heartbeat and each answer to one: one number. A node without a device of its own claims nothing and
 * sends what earlier releases did.
 *
 * @param claims addresses that it has or is about to take on its device, see {@link org.sempervox.cluster.address.Claims}
 */
record NodeSays(Readiness readiness, long claims) {
    static final NodeSays NOTHING = new NodeSays(Readiness.STARTING, 0);

    private static final int READINESS_BITS = 8;

    long code() {
        return claims << READINESS_BITS | readiness.code();
    }

    static NodeSays of(long code) {
        return new NodeSays(Readiness.of(code & (1L << READINESS_BITS) - 1), code >>> READINESS_BITS);
    }
}
