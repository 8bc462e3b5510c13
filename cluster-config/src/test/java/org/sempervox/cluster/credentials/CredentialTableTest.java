package org.sempervox.cluster.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.SealedCredential;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.PbxReading;

class CredentialTableTest {
    private static final String REALM = "pbx.example";
    private static final CredentialKey KEY = new CredentialKey(CredentialKeyTest.secret(0));
    private static final CredentialKey OTHER = new CredentialKey(CredentialKeyTest.secret(1));

    private final MemoryStore store = new MemoryStore();

    @Test
    void theTableGoesBeforeTheFile() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        assertThat(table.of("1000")).hasValue(DigestSecret.of("1000", REALM, "filed"));
        assertThat(table.of("2000")).as("no password in the file").isEmpty();
        assertThat(table.of("3000")).as("no such extension").isEmpty();

        await(table.set(KEY, "1000", "own"));
        await(table.set(KEY, "2000", "other"));
        await(table.set(KEY, "3000", "stranger"));
        assertThat(table.of("1000")).hasValue(DigestSecret.of("1000", REALM, "own"));
        assertThat(table.of("2000")).hasValue(DigestSecret.of("2000", REALM, "other"));
        assertThat(table.of("3000")).as("no such extension").isEmpty();
        assertThat(table.numbers()).containsExactly("1000", "2000", "3000");

        await(table.remove("1000"));
        await(table.remove("2000"));
        assertThat(table.of("1000")).hasValue(DigestSecret.of("1000", REALM, "filed"));
        assertThat(table.of("2000")).isEmpty();
    }

    @Test
    void otherNodesFollowByTheMarkOnly() throws Exception {
        CredentialTable here = loaded(KEY, REALM);
        CredentialTable there = loaded(KEY, REALM);
        await(here.set(KEY, "2000", "one"));
        assertThat(there.of("2000")).isEmpty();
        there.poll();
        assertThat(there.of("2000")).hasValue(DigestSecret.of("2000", REALM, "one"));
        int read = store.reads;
        there.poll();
        there.poll();
        assertThat(store.reads).as("nothing has changed").isEqualTo(read);
        await(here.remove("2000"));
        there.poll();
        assertThat(there.of("2000")).isEmpty();
        assertThat(loaded(KEY, REALM).numbers()).isEmpty();
    }

    @Test
    void withoutTheStoreTheCopyStays() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        await(table.set(KEY, "2000", "one"));
        store.answers = false;
        table.poll();
        assertThat(table.of("2000")).isPresent();
        store.answers = true;
        store.change = "another";
        store.rows.clear();
        table.poll();
        assertThat(table.of("2000")).isEmpty();
    }

    @Test
    void theStoreHoldsNothingInClear() throws Exception {
        await(loaded(KEY, REALM).set(KEY, "2000", "a password"));
        DigestSecret secret = DigestSecret.of("2000", REALM, "a password");
        assertThat(store.rows.toString()).doesNotContain("a password", secret.md5(), secret.sha256());
        String stored = HexFormat.of()
                .formatHex(Base64.getDecoder()
                        .decode(Objects.requireNonNull(store.rows.get("2000")).sealed()));
        String password = HexFormat.of().formatHex("a password".getBytes(StandardCharsets.UTF_8));
        assertThat(stored).doesNotContain(password, secret.md5(), secret.sha256());
        assertThat(secret.toString()).doesNotContain(secret.md5(), secret.sha256());
    }

    @Test
    void aWrongKeyStopsTheNode() throws Exception {
        loaded(KEY, REALM);
        assertThatThrownBy(() -> loaded(OTHER, REALM))
                .hasCauseInstanceOf(SettingsProblem.class)
                .hasMessageContainingAll(
                        "sempervox.credentials-key-file = /w/credentials.key",
                        OTHER.id(),
                        "expected the key " + KEY.id());
        var without = new CredentialTable(store, KeyFile.read(Optional.empty()), REALM, pbx(), Runnable::run);
        assertThatThrownBy(() -> await(without.claim()))
                .hasMessageContainingAll("sempervox.credentials-key-file: found nothing", KEY.id());
    }

    @Test
    void withoutAnyKeyTheFileIsAllThereIs() throws Exception {
        var table = new CredentialTable(store, KeyFile.read(Optional.empty()), REALM, pbx(), Runnable::run);
        await(table.claim());
        await(table.load());
        assertThat(table.of("1000")).hasValue(DigestSecret.of("1000", REALM, "filed"));
        assertThat(store.keyId).isEmpty();
    }

    /** The node that wrote it died before the mark, or the mark was never written by anybody. */
    @Test
    void aRowWithoutItsMarkIsFoundAtAStartAndAfterSomeMinutes() throws Exception {
        CredentialTable runs = loaded(KEY, REALM);
        SealedCredential row = sealedElsewhere();
        store.rows.put("2000", row);
        assertThat(loaded(KEY, REALM).of("2000")).isPresent();
        runs.poll();
        assertThat(runs.of("2000")).isEmpty();
        for (int i = 0; i < CredentialTable.ANEW.dividedBy(CredentialTable.INTERVAL); i++) {
            runs.poll();
        }
        assertThat(runs.of("2000")).isPresent();
    }

    /** The clock of another node was ahead: the store takes our change and keeps the other one. */
    @Test
    void aChangeThatTheStoreDoesNotKeepIsNotAcknowledged() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        await(table.set(KEY, "2000", "one"));
        store.keepsWhatItHas = true;
        assertThatThrownBy(() -> await(table.set(KEY, "2000", "two")))
                .hasMessageContaining("is not what the store has");
        assertThatThrownBy(() -> await(table.remove("2000"))).hasMessageContaining("is not what the store has");
        assertThat(table.of("2000")).hasValue(DigestSecret.of("2000", REALM, "one"));
    }

    @Test
    void oneRowThatIsNoneSpoilsOnlyItsNumber() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        await(table.set(KEY, "2000", "one"));
        String long1 = "9".repeat(70_000);
        String good = Objects.requireNonNull(store.rows.get("2000")).sealed();
        store.rows.put(long1, new SealedCredential(long1, KEY.id(), good));
        await(table.set(KEY, "2001", "two"));
        assertThat(table.of("2001")).isPresent();
        assertThat(loaded(KEY, REALM).of("2000")).isPresent();
    }

    /** Another key has taken the store over: better what was right before than nobody. */
    @Test
    void aStoreOfAnotherKeyDoesNotReplaceTheCopy() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        await(table.set(KEY, "2000", "one"));
        store.keyId = Optional.of(OTHER.id());
        store.change = "by others";
        store.rows.clear();
        try (var log = new LogOf(CredentialTable.class)) {
            table.poll();
            table.poll();
            assertThat(log.lines(Level.ERROR)).singleElement(STRING).contains(OTHER.id());
        }
        assertThat(table.of("2000")).hasValue(DigestSecret.of("2000", REALM, "one"));
        assertThatThrownBy(() -> await(table.set(KEY, "2000", "two")))
                .hasCauseInstanceOf(SettingsProblem.class)
                .hasMessageContaining(OTHER.id());
        assertThat(store.rows).isEmpty();
    }

    /** The same mark, another key: both tables were emptied and claimed again before anything was set. */
    @Test
    void anotherKeyIsSeenWithoutAnotherChange() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        store.keyId = Optional.of(OTHER.id());
        try (var log = new LogOf(CredentialTable.class)) {
            table.poll();
            assertThat(log.lines(Level.ERROR)).hasSize(1);
        }
    }

    /** Both tables were emptied while nodes run: what they would write belonged to nobody. */
    @Test
    void nothingIsSetWhereNoKeyIsClaimed() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        store.keyId = Optional.empty();
        assertThatThrownBy(() -> await(table.set(KEY, "2000", "one"))).hasMessageContaining("belong to no key");
        assertThatThrownBy(() -> await(table.remove("2000"))).hasMessageContaining("belong to no key");
        assertThat(store.rows).isEmpty();
        assertThat(store.change).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsSaidOnceAndAlsoThatItIsBack() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        try (var log = new LogOf(CredentialTable.class)) {
            store.answers = false;
            table.poll();
            table.poll();
            assertThat(log.lines(Level.WARN)).singleElement(STRING).contains("the store: not now");
            assertThat(log.lines(Level.INFO)).isEmpty();
            store.answers = true;
            table.poll();
            table.poll();
            assertThat(log.lines(Level.INFO)).singleElement(STRING).contains("again");
            assertThat(log.lines(Level.WARN)).hasSize(1);
        }
    }

    @Test
    void whatCannotBeOpenedIsSaidOnce() throws Exception {
        try (var log = new LogOf(CredentialTable.class)) {
            CredentialTable table = loaded(KEY, REALM);
            store.rows.put("2001", new SealedCredential("2001", KEY.id(), "?"));
            await(table.set(KEY, "2000", "one"));
            await(table.set(KEY, "2000", "two"));
            assertThat(log.lines(Level.ERROR)).singleElement(STRING).contains("2001");
        }
    }

    @Test
    void whatIsRemovedIsToldFromWhatWasNeverThere() throws Exception {
        CredentialTable table = loaded(KEY, REALM);
        CredentialTable there = loaded(KEY, REALM);
        await(there.set(KEY, "2000", "one"));
        assertThat(await(table.remove("2000")))
                .as("set through another node just now")
                .isTrue();
        assertThat(await(table.remove("2000"))).isFalse();
    }

    /** Other work waits for the store's threads. */
    @Test
    void nothingIsOpenedOnAThreadOfTheStore() throws Exception {
        await(loaded(KEY, REALM).set(KEY, "2000", "one"));
        var waiting = new ArrayDeque<Runnable>();
        var table = new CredentialTable(store, keyFile(KEY), REALM, pbx(), waiting::add);
        await(table.claim());
        CompletionStage<Void> loading = table.load();
        assertThat(table.of("2000")).isEmpty();
        waiting.remove().run();
        await(loading);
        assertThat(table.of("2000")).isPresent();
    }

    private static KeyFile keyFile(CredentialKey key) {
        return new KeyFile("sempervox.credentials-key-file = /w/credentials.key", Optional.of(key));
    }

    private static SealedCredential sealedElsewhere() throws Exception {
        var other = new MemoryStore();
        await(loaded(other, KEY, REALM).set(KEY, "2000", "one"));
        return Objects.requireNonNull(other.rows.get("2000"));
    }

    /** The file's password must not come back to life where somebody changed the table. */
    @Test
    void whatWasMovedChangedOrMadeForAnotherRealmIsRefused() throws Exception {
        await(loaded(KEY, REALM).set(KEY, "2000", "one"));
        SealedCredential good = Objects.requireNonNull(store.rows.get("2000"));
        assertThat(loaded(KEY, "other.example").of("2000")).isEmpty();
        store.rows.put("1000", new SealedCredential("1000", good.keyId(), good.sealed()));
        store.rows.put("2000", new SealedCredential("2000", OTHER.id(), good.sealed()));
        CredentialTable table = loaded(KEY, REALM);
        assertThat(table.of("1000")).as("made for another number").isEmpty();
        assertThat(table.of("2000")).as("made with another key").isEmpty();
        await(table.set(KEY, "1000", "again"));
        assertThat(table.of("1000")).isPresent();
    }

    /** Made by another program from the description: 32 bytes of secret 0, 1, 2 …, nonce 100, 101 …, password "secret". */
    @Test
    void theStoredFormIsReadForEver() throws Exception {
        store.keyId = Optional.of("9c6b8d0b9bfa8fb2");
        store.change = "some";
        store.rows.put(
                "1000",
                new SealedCredential(
                        "1000",
                        "9c6b8d0b9bfa8fb2",
                        "AWRlZmdoaWprbG1ub4bSRTc+jnRY+E32AQdEpftWFI8n2Lw6oxRSaDyq5SiDCXO3BRzoGBQRUolAAsp6GmCtA2l5Avf/OAkJus7CII4="));
        assertThat(loaded(KEY, REALM).of("1000"))
                .hasValue(new DigestSecret(
                        "dc04382f8fcd432b6aec22bda798252b",
                        "112e416aa28a51c79d5bc376890ad87a1dffba2e2aa1b937ed54f0f4df5f4258"));
    }

    private CredentialTable loaded(CredentialKey key, String realm) throws Exception {
        return loaded(store, key, realm);
    }

    private static CredentialTable loaded(MemoryStore store, CredentialKey key, String realm) throws Exception {
        var table = new CredentialTable(store, keyFile(key), realm, pbx(), Runnable::run);
        await(table.claim());
        await(table.load());
        return table;
    }

    private static PbxFile pbx() {
        var config = ConfigFactory.parseString(
                "tenants.default.extensions = [ { number = 1000, password = filed }, { range = \"2000-2009\" } ]");
        return ((PbxReading.Accepted) PbxFile.read(config)).file();
    }

    private static <T> T await(CompletionStage<T> done) throws Exception {
        return done.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
