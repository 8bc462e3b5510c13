package org.sempervox.cluster.credentials;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sempervox.cluster.settings.Secrets;

/**
 * The key of the credentials: AES-256-GCM with a random nonce for each sealing. What is sealed is bound to texts that are not in it: opened
 * with others, as for another number, it is refused like a forgery. Thread-safe; its text shows its id only.
 *
 * <pre>base64 of: format (1 byte, 1), nonce (12 bytes), ciphertext, tag (16 bytes)</pre>
 */
public final class CredentialKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST = 32;
    private static final int ID = 8;

    private final SecretKeySpec aes;
    private final String id;

    /** {@code secret}: at least 32 bytes. */
    public CredentialKey(byte[] secret) {
        this.aes = new SecretKeySpec(derived(secret, "sempervox credentials: AES-256-GCM"), "AES");
        this.id = HexFormat.of().formatHex(derived(secret, "sempervox credentials: id"), 0, ID);
    }

    /** From a file of hexadecimal digits; anything else is a {@link org.sempervox.cluster.settings.SettingsProblem}. */
    public static CredentialKey read(Path file) {
        return new CredentialKey(Secrets.readKey(file, LEAST, "the key of the credentials"));
    }

    /** Names the key and tells nothing about it. */
    public String id() {
        return id;
    }

    /** {@code bound}: what must be told again to open it. */
    public String seal(byte[] content, String... bound) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(content);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(1 + NONCE + sealed.length)
                            .put(FORMAT)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is part of every JDK", e);
        }
    }

    /** Empty unless it was sealed with this key and bound to the same texts, of which none has more than 65,535 bytes. */
    public Optional<byte[]> open(String sealed, String... bound) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length < 1 + NONCE + TAG_BITS / 8 || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(bytes, 1, nonce, 0, NONCE);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(bytes, 1 + NONCE, bytes.length - 1 - NONCE));
        } catch (AEADBadTagException | UncheckedIOException e) {
            // The second: nothing can have been bound to a text of that length.
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is part of every JDK", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, aes, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated(bound));
        return cipher;
    }

    /** Each text with its length, so that no two lists give the same bytes. */
    private static byte[] associated(String[] bound) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (String text : bound) {
                out.writeUTF(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] derived(byte[] secret, String purpose) {
        if (secret.length < LEAST) {
            throw new IllegalArgumentException("a key of " + secret.length + " bytes: expected at least " + LEAST);
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "CredentialKey[" + id + "]";
    }
}
