package org.sempervox.cluster.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Credentials as a store keeps them: it cannot open them. Failures as in {@link Store}. */
public interface CredentialStore {
    /**
     * Small, so that it can be asked every second.
     *
     * @param keyId the key that all credentials are made with; empty if none was ever claimed
     * @param change another one after each change; empty if there was none
     */
    record Mark(Optional<String> keyId, String change) {}

    /** The first one to claim decides for ever; the key that is claimed now. */
    CompletionStage<String> claimCredentialKey(String keyId);

    CompletionStage<Mark> credentialMark();

    /** Of all numbers; has at least everything that the mark told of when it was read before. */
    CompletionStage<List<SealedCredential>> credentials();

    /** Replaces those of the number. {@code change}: the new mark, never used before; may be repeated. */
    CompletionStage<Void> putCredential(SealedCredential credential, String change);

    CompletionStage<Void> removeCredential(String number, String change);
}
