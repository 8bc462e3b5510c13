package org.sempervox.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that any node made are valid on every node (RFC 7616 §3.3): time, salt and a MAC over both. Only the nonce counts are kept, per
 * node, and only of nonces whose digest was right. Thread-safe.
 */
final class Nonces {
    static final Duration LIFE = Duration.ofMinutes(5);
    /** A request may be transmitted for so long (timers B and F of RFC 3261: 64 × T1). */
    private static final Duration TRANSMISSIONS = Duration.ofSeconds(32);
    /** Clocks of nodes may be this much apart (S27: 2 s each way). */
    private static final long SKEW_MILLIS = 4_000;

    private static final int TIME_HEX = 12;
    private static final int SALT_HEX = 8;
    private static final int MAC_HEX = 24;
    private static final int REMEMBERED = 20_000;
    private static final int WINDOW = 16;

    private final SecretKeySpec key;
    private final String realm;
    private final Map<String, Use> uses = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
            return size() > REMEMBERED;
        }
    };

    enum State {
        FRESH,
        /** For a retransmission of what was sent while it was fresh. */
        LATE,
        EXPIRED,
        FORGED
    }

    Nonces(byte[] secret, String realm) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.realm = realm;
    }

    /** A nonce of this millisecond; {@code seed} makes it differ between requests. */
    String make(long nowMillis, String seed) {
        String time = hex(nowMillis, TIME_HEX);
        String salt = mac("salt:" + seed).substring(0, SALT_HEX);
        return time + salt + mac(time + salt + realm).substring(0, MAC_HEX);
    }

    State state(String nonce, long nowMillis) {
        if (nonce.length() != TIME_HEX + SALT_HEX + MAC_HEX) {
            return State.FORGED;
        }
        String head = nonce.substring(0, TIME_HEX + SALT_HEX);
        byte[] given = nonce.substring(TIME_HEX + SALT_HEX).getBytes(StandardCharsets.UTF_8);
        byte[] expected = mac(head + realm).substring(0, MAC_HEX).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, expected)) {
            return State.FORGED;
        }
        long age = nowMillis - Long.parseLong(head, 0, TIME_HEX, 16);
        if (age < -SKEW_MILLIS || age > LIFE.plus(TRANSMISSIONS).toMillis()) {
            return State.EXPIRED;
        }
        return age > LIFE.toMillis() ? State.LATE : State.FRESH;
    }

    /**
     * Notes a use after the digest was right. False for a replay: a count that was used before for another request, or one far behind.
     * {@code request} names the request, so that its retransmission counts as the same use.
     */
    synchronized boolean use(String nonce, String user, long count, String request) {
        return uses.computeIfAbsent(nonce + user, key -> new Use()).take(count, request);
    }

    /**
     * The same with a late nonce: false also for what this node has not seen while it was fresh. A nonce that this node does not know at all
     * comes from where the phone's address was before: its request may be a retransmission.
     */
    synchronized boolean useLate(String nonce, String user, long count, String request) {
        Use known = uses.get(nonce + user);
        return known == null ? use(nonce, user, count, request) : known.taken(count, request);
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    private static String hex(long value, int digits) {
        return HexFormat.of().toHexDigits(value, digits);
    }

    /** The highest counts of one nonce and which requests used them. */
    private static final class Use {
        private final long[] counts = new long[WINDOW];
        private final String[] requests = new String[WINDOW];
        private long highest;

        Use() {
            Arrays.fill(requests, "");
        }

        boolean take(long count, String request) {
            if (count <= 0 || count <= highest - WINDOW) {
                return false;
            }
            int slot = (int) (count % WINDOW);
            if (counts[slot] == count) {
                return taken(count, request);
            }
            counts[slot] = count;
            requests[slot] = request;
            highest = Math.max(highest, count);
            return true;
        }

        boolean taken(long count, String request) {
            int slot = (int) (count % WINDOW);
            return count > 0 && counts[slot] == count && requests[slot].equals(request);
        }
    }
}
