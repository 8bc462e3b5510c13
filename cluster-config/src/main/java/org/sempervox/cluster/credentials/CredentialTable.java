package org.sempervox.cluster.credentials;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sempervox.cluster.store.CredentialStore;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.routing.PbxFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's copy of the credentials in the store, before the passwords of the PBX file (S25). The copy follows the store by its mark, which
 * is asked every {@link #INTERVAL}; without the store it stays as it is. What cannot be opened counts as credentials that nobody has: the
 * file's password does not come back to life.
 */
public final class CredentialTable implements Credentials {
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CredentialTable.class);
    private static final String PURPOSE = "sempervox credential";

    /** Hashed for who has no password in the file, so that this takes as long. */
    private static final String NOBODY = "";

    private final CredentialStore store;
    private final KeyFile keyFile;
    private final String realm;
    private final PbxFile pbx;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile Map<String, Entry> entries = Map.of();
    private volatile String seen = "";
    private CompletionStage<Void> reading = CompletableFuture.completedFuture(null);

    private record Entry(SealedCredential sealed, Optional<DigestSecret> secret) {}

    public CredentialTable(CredentialStore store, KeyFile keyFile, String realm, PbxFile pbx) {
        this.store = store;
        this.keyFile = keyFile;
        this.realm = realm;
        this.pbx = pbx;
    }

    /** Before the node serves. Fails with a {@link org.sempervox.cluster.settings.SettingsProblem} if the store's key is another one. */
    public CompletionStage<Void> load() {
        CompletionStage<Optional<String>> claimed = keyFile.key()
                .map(key -> store.claimCredentialKey(key.id()).thenApply(Optional::of))
                .orElseGet(() -> store.credentialMark().thenApply(CredentialStore.Mark::keyId));
        return claimed.thenCompose(id -> {
            keyFile.check(id);
            return refresh();
        });
    }

    /** Every {@link #INTERVAL}; one at a time. */
    public void poll() {
        if (polling.compareAndSet(false, true)) {
            refresh().whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.debug("credentials stay as they are: {}", failure.toString());
                }
                polling.set(false);
            });
        }
    }

    @Override
    public Optional<DigestSecret> of(String user) {
        // Hashed in any case: the time it takes must not tell who has what.
        DigestSecret filed = DigestSecret.of(user, realm, pbx.password(user).orElse(NOBODY));
        if (pbx.settings(user).isEmpty()) {
            return Optional.empty();
        }
        Entry own = entries.get(user);
        if (own != null) {
            return own.secret();
        }
        return pbx.password(user).isPresent() ? Optional.of(filed) : Optional.empty();
    }

    /** Numbers with credentials of their own, in order; whether or not the PBX file has such an extension. */
    Collection<String> numbers() {
        return new TreeSet<>(entries.keySet());
    }

    /** Whether the PBX file has it. */
    boolean isExtension(String number) {
        return pbx.settings(number).isPresent();
    }

    /** Stored when the stage completes; this node knows it then, the others within {@link #INTERVAL} or a little more. */
    CompletionStage<Void> set(CredentialKey key, String number, String password) {
        DigestSecret secret = DigestSecret.of(number, realm, password);
        String sealed = key.seal(bytes(secret), PURPOSE, number, realm);
        return store.putCredential(new SealedCredential(number, key.id(), sealed), change())
                .thenCompose(_ -> refresh());
    }

    CompletionStage<Void> remove(String number) {
        return store.removeCredential(number, change()).thenCompose(_ -> refresh());
    }

    /** One after another: what was read earlier never replaces what was read later. */
    private synchronized CompletionStage<Void> refresh() {
        reading = reading.exceptionally(_ -> null).thenCompose(_ -> read());
        return reading;
    }

    private CompletionStage<Void> read() {
        return store.credentialMark().thenCompose(mark -> {
            if (mark.change().equals(seen)) {
                return CompletableFuture.completedFuture(null);
            }
            return store.credentials().thenAccept(all -> {
                entries = opened(all);
                seen = mark.change();
                LOG.info("{} numbers have credentials of their own", all.size());
            });
        });
    }

    private Map<String, Entry> opened(List<SealedCredential> all) {
        Map<String, Entry> before = entries;
        var now = new HashMap<String, Entry>();
        for (SealedCredential sealed : all) {
            Entry known = before.get(sealed.number());
            now.put(
                    sealed.number(),
                    known != null && known.sealed().equals(sealed) ? known : new Entry(sealed, open(sealed)));
        }
        return Map.copyOf(now);
    }

    private Optional<DigestSecret> open(SealedCredential sealed) {
        Optional<DigestSecret> secret = keyFile.key()
                .filter(key -> key.id().equals(sealed.keyId()))
                .flatMap(key -> key.open(sealed.sealed(), PURPOSE, sealed.number(), realm))
                .flatMap(CredentialTable::secret);
        if (secret.isEmpty()) {
            LOG.error(
                    "the credentials of {} cannot be opened with {} for realm {}: the number is refused until they are set again",
                    sealed.number(),
                    keyFile.path(),
                    realm);
        }
        return secret;
    }

    private static byte[] bytes(DigestSecret secret) {
        return HexFormat.of().parseHex(secret.md5() + secret.sha256());
    }

    private static Optional<DigestSecret> secret(byte[] bytes) {
        if (bytes.length != 48) {
            return Optional.empty();
        }
        String hex = HexFormat.of().formatHex(bytes);
        return Optional.of(new DigestSecret(hex.substring(0, 32), hex.substring(32)));
    }

    private static String change() {
        return UUID.randomUUID().toString();
    }
}
