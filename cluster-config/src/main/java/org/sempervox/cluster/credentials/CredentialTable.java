package org.sempervox.cluster.credentials;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.ChangeRefused;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.CredentialStore;
import org.sempervox.cluster.store.CredentialStore.Mark;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.routing.PbxFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's copy of the credentials in the store, before the passwords of the PBX file (S25). The copy follows the store by its mark, which
 * is asked every {@link #INTERVAL}, and all rows every {@link #ANEW}, in case a change lost its mark; without the store, or if it belongs to
 * another key, the copy stays as it is. What cannot be opened counts as credentials that nobody has: the file's password does not come back
 * to life.
 */
public final class CredentialTable implements Credentials {
    public static final Duration INTERVAL = Duration.ofSeconds(1);
    static final Duration ANEW = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CredentialTable.class);
    private static final int LONGEST_SHOWN = 40;
    private static final String PURPOSE = "sempervox credential";

    /** Hashed for who has no password in the file, so that this takes as long. */
    private static final String NOBODY = "";

    private final CredentialStore store;
    private final KeyFile keyFile;
    private final String realm;
    private final PbxFile pbx;
    private final Executor opener;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile Map<String, Entry> entries = Map.of();
    /** The mark of the rows in the copy; null if the rows are to be read whatever the mark is. */
    private volatile @Nullable Mark seen;

    private final AtomicInteger polls = new AtomicInteger();
    private volatile Following told = Following.STORE;
    private CompletionStage<Void> reading = CompletableFuture.completedFuture(null);

    /** What the polls follow. */
    private enum Following {
        STORE,
        NOTHING,
        FOREIGN_KEY
    }

    private record Entry(SealedCredential sealed, Optional<DigestSecret> secret) {}

    /** {@code opener}: decrypts, some ten thousand rows at a start. */
    public CredentialTable(CredentialStore store, KeyFile keyFile, String realm, PbxFile pbx, Executor opener) {
        this.store = store;
        this.opener = opener;
        this.keyFile = keyFile;
        this.realm = realm;
        this.pbx = pbx;
    }

    /** The first step. Fails with a {@link org.sempervox.cluster.settings.SettingsProblem} if the store's key is another one. */
    public CompletionStage<Void> claim() {
        CompletionStage<Optional<String>> claimed = keyFile.key()
                .map(key -> store.claimCredentialKey(key.id()).thenApply(Optional::of))
                .orElseGet(() -> store.credentialMark().thenApply(Mark::keyId));
        return claimed.thenAccept(keyFile::check);
    }

    /** Before the node serves. */
    public CompletionStage<Void> load() {
        return refresh();
    }

    /** Every {@link #INTERVAL}; one at a time. */
    public void poll() {
        if (polling.compareAndSet(false, true)) {
            if (polls.incrementAndGet() % ANEW.dividedBy(INTERVAL) == 0) {
                seen = null;
            }
            refresh().whenComplete((_, failure) -> {
                tell(failure);
                polling.set(false);
            });
        }
    }

    /** Once at each change: a store that is away for an hour is no news every second. */
    private void tell(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Following now = cause == null
                ? Following.STORE
                : cause instanceof SettingsProblem ? Following.FOREIGN_KEY : Following.NOTHING;
        if (now == told) {
            return;
        }
        told = now;
        switch (now) {
            case STORE -> LOG.info("credentials follow the store again");
            case NOTHING -> LOG.warn("credentials stay as they are, changes are not seen: {}", String.valueOf(cause));
            case FOREIGN_KEY ->
                LOG.error(
                        "credentials stay as they are, the store belongs to another key now: {}",
                        String.valueOf(cause));
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
        var sealed = new SealedCredential(number, key.id(), key.seal(bytes(secret), PURPOSE, number, realm));
        String change = change();
        return ownKey().thenCompose(_ -> store.putCredential(sealed, change))
                .thenCompose(_ -> changed(
                        number, change, entry -> entry != null && entry.sealed().equals(sealed)));
    }

    /** Whether the number had some. */
    CompletionStage<Boolean> remove(String number) {
        String change = change();
        return ownKey().thenCompose(_ -> anew()).thenCompose(_ -> {
            boolean had = entries.containsKey(number);
            return store.removeCredential(number, change)
                    .thenCompose(_ -> changed(number, change, Objects::isNull))
                    .thenApply(_ -> had);
        });
    }

    /** Who emptied the tables, or gave them to another key, must not find rows in them that nobody can open. */
    private CompletionStage<Void> ownKey() {
        return store.credentialMark().thenAccept(mark -> {
            keyFile.check(mark.keyId());
            if (mark.keyId().isEmpty()) {
                throw new ChangeRefused(503, "the credentials in the store belong to no key any more: restart a node");
            }
        });
    }

    /**
     * Reads it back: what another node wrote at the same time may have replaced it, and a row that was once written by a clock ahead of the
     * store's own (Cassandra) may outlive it.
     */
    private CompletionStage<Void> changed(String number, String change, Predicate<@Nullable Entry> asWritten) {
        return anew().thenRun(() -> {
            Mark now = seen;
            if (!asWritten.test(entries.get(number)) || now == null || !change.equals(now.change())) {
                throw new ChangeRefused(
                        503,
                        "the change of " + number + " is not what the store has now: another one was made at the same"
                                + " time, or by a node whose clock is ahead");
            }
        });
    }

    private CompletionStage<Void> anew() {
        seen = null;
        return refresh();
    }

    /** One after another: what was read earlier never replaces what was read later. */
    private synchronized CompletionStage<Void> refresh() {
        reading = reading.exceptionally(_ -> null).thenCompose(_ -> read());
        return reading;
    }

    private CompletionStage<Void> read() {
        return store.credentialMark().thenCompose(mark -> {
            if (mark.equals(seen)) {
                return CompletableFuture.completedFuture(null);
            }
            // Better what was right before than nobody.
            keyFile.check(mark.keyId());
            // Not on a thread of the store, which others wait for.
            return store.credentials().thenAcceptAsync(all -> take(all, mark), opener);
        });
    }

    private void take(List<SealedCredential> all, Mark mark) {
        Map<String, Entry> now = opened(all);
        if (!now.equals(entries)) {
            LOG.info("{} numbers have credentials of their own", now.size());
        }
        entries = now;
        seen = mark;
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
                    sealed.number()
                            .substring(
                                    0, Math.min(LONGEST_SHOWN, sealed.number().length())),
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
