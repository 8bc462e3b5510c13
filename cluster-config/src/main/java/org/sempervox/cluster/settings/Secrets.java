package org.sempervox.cluster.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Random secrets and the files that hold them, readable by their owner only from the first byte on. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private Secrets() {}

    /** Letters and digits that cannot be taken for each other; 5.8 bits each. */
    public static String text(int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return out.toString();
    }

    public static String hexKey(int bytes) {
        byte[] key = new byte[bytes];
        RANDOM.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** The text in the file, which is made with a random one of that length if it is not there. */
    public static String keptText(Path file, int length) throws IOException {
        if (!Files.exists(file)) {
            write(file, text(length));
        }
        return Files.readString(file).strip();
    }

    /** The key in a file of hexadecimal digits. */
    public static byte[] readKey(Path file) {
        return readKey(file, 16, "the cluster's key");
    }

    /** {@code least}: bytes; {@code what}: as a refusal names it. */
    public static byte[] readKey(Path file, int least, String what) {
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length < least) {
                throw new SettingsProblem(
                        file.toString(), key.length + " bytes", what + ", at least " + least + " bytes");
            }
            return key;
        } catch (IOException e) {
            throw new SettingsProblem(file.toString(), "no readable file", what);
        } catch (IllegalArgumentException e) {
            throw new SettingsProblem(file.toString(), "something else", "hexadecimal digits");
        }
    }

    /** Replaces the file in one step; mode 0600. */
    public static void write(Path file, String content) throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(ownerOnly));
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
