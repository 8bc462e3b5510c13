package org.sempervox.cluster.credentials;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sempervox.cluster.store.CredentialStore;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.cluster.store.StoreUnavailable;

/** A store of credentials that answers at once, or refuses. */
final class MemoryStore implements CredentialStore {
    final Map<String, SealedCredential> rows = new TreeMap<>();
    Optional<String> keyId = Optional.empty();
    String change = "";
    boolean answers = true;
    /** As if other clocks were ahead: rows are not changed any more, the mark is. */
    boolean keepsWhatItHas;

    int reads;

    @Override
    public CompletionStage<String> claimCredentialKey(String own) {
        return answer(() -> {
            keyId = Optional.of(keyId.orElse(own));
            return keyId.get();
        });
    }

    @Override
    public CompletionStage<Mark> credentialMark() {
        return answer(() -> new Mark(keyId, change));
    }

    @Override
    public CompletionStage<List<SealedCredential>> credentials() {
        return answer(() -> {
            reads++;
            return List.copyOf(rows.values());
        });
    }

    @Override
    public CompletionStage<Void> putCredential(SealedCredential credential, String now) {
        return answer(() -> keepsWhatItHas ? null : rows.put(credential.number(), credential))
                .thenAccept(_ -> change = now);
    }

    @Override
    public CompletionStage<Void> removeCredential(String number, String now) {
        return answer(() -> keepsWhatItHas ? null : rows.remove(number)).thenAccept(_ -> change = now);
    }

    private <T> CompletionStage<T> answer(Supplier<T> work) {
        return answers
                ? CompletableFuture.supplyAsync(work, Runnable::run)
                : CompletableFuture.failedFuture(new StoreUnavailable("the store: not now", null));
    }
}
