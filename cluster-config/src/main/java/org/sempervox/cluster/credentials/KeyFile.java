package org.sempervox.cluster.credentials;

import java.nio.file.Path;
import java.util.Optional;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The key of a node's credentials and where it is from.
 *
 * @param key empty if the node file names none: then no credentials can be set, and there must be none
 */
public record KeyFile(String path, Optional<CredentialKey> key) {
    private static final String SETTING = "sempervox.credentials-key-file";

    public static KeyFile read(Optional<Path> file) {
        return new KeyFile(file.map(path -> SETTING + " = " + path).orElse(SETTING), file.map(CredentialKey::read));
    }

    /** Refuses a store whose credentials this key does not open: all its users would be unknown. */
    void check(Optional<String> claimed) {
        Optional<String> own = key.map(CredentialKey::id);
        if (claimed.isPresent() && !claimed.equals(own)) {
            throw new SettingsProblem(
                    path,
                    own.map(id -> "the key " + id).orElse("nothing"),
                    "the key " + claimed.get() + ", which the credentials in the store are encrypted with");
        }
    }
}
