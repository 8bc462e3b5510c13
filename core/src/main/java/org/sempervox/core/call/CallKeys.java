package org.sempervox.core.call;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that any node derives alike from the cluster's key: entity ids (S10), tags (S11), branches and Call-IDs (S5). Pure and
 * thread-safe; the key is never part of a name, an event or a log.
 */
public final class CallKeys {
    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private static final int ID_LENGTH = 20;
    private static final int MAC_LENGTH = 10;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs;

    /** {@code clusterKey}: at least 16 bytes of secret, the same on every node. */
    public CallKeys(byte[] clusterKey) {
        if (clusterKey.length < 16) {
            throw new IllegalArgumentException("cluster key of " + clusterKey.length + " bytes: expected at least 16");
        }
        this.key = new SecretKeySpec(clusterKey, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(this::newMac);
    }

    /** Entity id of an initial INVITE, of its retransmissions, its CANCEL and the ACK of its non-2xx final (S10). */
    public String callId(String sipCallId, String fromTag, long cseq) {
        return derive("call", sipCallId, fromTag, Long.toString(cseq)).substring(0, ID_LENGTH);
    }

    /** Our tag in the dialog of a leg. */
    public String tag(String call, int leg) {
        return call + "." + leg + "." + mac(call, leg);
    }

    /** Call and leg of a tag of ours; empty for a foreign or forged one. Constant-time comparison. */
    public Optional<LegId> parse(String tag) {
        int first = tag.indexOf('.');
        int second = tag.indexOf('.', first + 1);
        if (first != ID_LENGTH || second < 0 || tag.length() > 64 || second - first - 1 > 5) {
            return Optional.empty();
        }
        int leg = 0;
        for (int i = first + 1; i < second; i++) {
            int digit = tag.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            leg = leg * 10 + digit;
        }
        String call = tag.substring(0, first);
        byte[] given = tag.substring(second + 1).getBytes(StandardCharsets.ISO_8859_1);
        byte[] expected = mac(call, leg).getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(given, expected) ? Optional.of(new LegId(call, leg)) : Optional.empty();
    }

    /** Branch of a request of ours: the same request has the same branch on every node. */
    public String branch(String call, int leg, String method, long cseq) {
        return "z9hG4bK"
                + derive("branch", call, leg + "/" + method, Long.toString(cseq))
                        .substring(0, ID_LENGTH);
    }

    /** Call-ID of a dialog that we open. */
    public String sipCallId(String call, int leg) {
        return derive("dialog", call, Integer.toString(leg), "").substring(0, ID_LENGTH) + "@" + call.substring(0, 8);
    }

    /** 32 bytes of secret for another purpose (nonces, stateless tags): the same on every node, different for each purpose. */
    public byte[] derivedKey(String purpose) {
        Mac mac = macs.get();
        update(mac, "key");
        update(mac, purpose);
        return mac.doFinal();
    }

    private String mac(String call, int leg) {
        return derive("tag", call, Integer.toString(leg), "").substring(0, MAC_LENGTH);
    }

    private String derive(String purpose, String a, String b, String c) {
        Mac mac = macs.get();
        update(mac, purpose);
        update(mac, a);
        update(mac, b);
        update(mac, c);
        byte[] sum = mac.doFinal();
        var out = new StringBuilder(32);
        for (int i = 0; i < 32; i++) {
            out.append(ALPHABET[sum[i] & 31]);
        }
        return out.toString();
    }

    /** Length first, so that no two lists of parts give the same bytes. */
    private static void update(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((byte) (bytes.length >>> 8));
        mac.update((byte) bytes.length);
        mac.update(bytes);
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    /** A leg of a call. */
    public record LegId(String call, int leg) {}
}
