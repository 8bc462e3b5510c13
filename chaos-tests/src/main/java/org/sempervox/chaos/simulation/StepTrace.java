package org.sempervox.chaos.simulation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over everything that happens, so that two runs can be told to be the same. */
final class StepTrace {
    private static final int ROOM = 1 << 14;

    private final MessageDigest digest;
    private final byte[] buffer = new byte[ROOM];
    private int used;

    StepTrace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    void add(long value) {
        if (used == ROOM) {
            flush();
        }
        long left = value;
        for (int i = 0; i < Long.BYTES; i++) {
            buffer[used + i] = (byte) left;
            left >>>= Byte.SIZE;
        }
        used += Long.BYTES;
    }

    private void flush() {
        digest.update(buffer, 0, used);
        used = 0;
    }

    /** Of all so far; ends it. */
    String hex() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The finalizer of SplittableRandom: spreads what differs in a few bits only. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long mix(long a, long b) {
        return mix(a * 0x9E3779B97F4A7C15L + b);
    }
}
