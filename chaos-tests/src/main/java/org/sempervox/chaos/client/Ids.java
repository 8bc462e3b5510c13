package org.sempervox.chaos.client;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names that are unique over processes (a random part) and cheap (a counter). */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PROCESS = HexFormat.of().toHexDigits(RANDOM.nextLong());
    private static final AtomicLong NEXT = new AtomicLong();

    private Ids() {}

    static String token() {
        return PROCESS + Long.toString(NEXT.incrementAndGet(), 36);
    }

    static String branch() {
        return "z9hG4bK" + token();
    }

    /** Never 0. */
    static long key() {
        return RANDOM.nextLong() | 1L;
    }

    static int ssrc() {
        return RANDOM.nextInt();
    }

    /** Uniform in milliseconds, both ends included, in steps of 10 (RFC 3261 §14.1). */
    static long backOffMillis(int from, int to) {
        return from + 10L * RANDOM.nextInt((to - from) / 10 + 1);
    }
}
