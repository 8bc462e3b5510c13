package org.sempervox.cluster.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.admin.AdminServer;
import org.sempervox.cluster.admin.ChangeRefused;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.PbxReading;

/** Over HTTP, as the verb asks. */
class CredentialPageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CredentialKey KEY = new CredentialKey(CredentialKeyTest.secret(0));
    private static final CredentialKey OTHER = new CredentialKey(CredentialKeyTest.secret(1));

    private final MemoryStore store = new MemoryStore();
    private final KeyFile keyFile = new KeyFile("key file", Optional.of(KEY));
    private final CredentialTable table = new CredentialTable(
            store,
            keyFile,
            "pbx.example",
            ((PbxReading.Accepted) PbxFile.read(
                            ConfigFactory.parseString("tenants.default.extensions = [ { number = 1000 } ]")))
                    .file(),
            Runnable::run);
    private boolean open = true;
    private AdminServer server;
    private AdminClient client;

    @BeforeEach
    void start() throws Exception {
        table.claim().toCompletableFuture().get(5, TimeUnit.SECONDS);
        table.load().toCompletableFuture().get(5, TimeUnit.SECONDS);
        server = new AdminServer();
        new CredentialPage(table, keyFile, () -> open, () -> NOW).addTo(server);
        server.add("/status", () -> com.fasterxml.jackson.databind.node.NullNode.getInstance());
        client = new AdminClient(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoHasTheKeySetsListsAndRemoves() throws Exception {
        client.post("/credentials", set(KEY, "1000", "päss", NOW));
        assertThat(table.of("1000")).hasValue(DigestSecret.of("1000", "pbx.example", "päss"));
        assertThat(client.get("/credentials")).hasToString("[{\"number\":\"1000\"}]");
        String remove = new CredentialRequest("1000", Optional.empty()).seal(KEY, NOW);
        assertThat(client.post("/credentials", remove)).hasToString("{\"number\":\"1000\",\"had\":true}");
        assertThat(client.get("/credentials")).isEmpty();
        assertThat(client.post("/credentials", remove)).hasToString("{\"number\":\"1000\",\"had\":false}");
    }

    @Test
    void everybodyElseIsDenied() {
        refused(403, set(OTHER, "1000", "x", NOW));
        refused(403, set(KEY, "1000", "x", NOW.minusSeconds(90)));
        refused(403, "{\"number\":\"1000\",\"password\":\"x\"}");
        refused(403, "");
        refused(403, "A".repeat(100_000));
        assertThat(store.rows).isEmpty();
        assertThatThrownBy(() -> client.post("/status", "")).hasMessage("status 405");
    }

    @Test
    void whatCannotBeIsRefused() {
        refused(422, set(KEY, "2000", "x", NOW));
        refused(422, set(KEY, "1000", "", NOW));
        refused(422, set(KEY, "1000", "x".repeat(129), NOW));
        store.answers = false;
        refused(503, set(KEY, "1000", "x", NOW));
        store.answers = true;
        open = false;
        refused(503, set(KEY, "1000", "x", NOW));
        assertThat(store.rows).isEmpty();
    }

    @Test
    void aRefusalSaysWhatIsWrong() {
        store.keepsWhatItHas = true;
        assertThatThrownBy(() -> ask(set(KEY, "1000", "x", NOW)))
                .message()
                .startsWith("the change of 1000 is not what");
        store.keepsWhatItHas = false;
        store.answers = false;
        assertThatThrownBy(() -> ask(set(KEY, "1000", "x", NOW)))
                .hasMessage("whether it is stored is not known: the store: not now");
        store.answers = true;
        store.keyId = Optional.of(OTHER.id());
        assertThatThrownBy(() -> ask(set(KEY, "1000", "x", NOW)))
                .message()
                .startsWith("key file: found the key " + KEY.id());
    }

    private static String set(CredentialKey key, String number, String password, Instant at) {
        return new CredentialRequest(number, Optional.of(password)).seal(key, at);
    }

    private void refused(int status, String body) {
        assertThatThrownBy(() -> ask(body))
                .isInstanceOfSatisfying(
                        ChangeRefused.class,
                        refusal -> assertThat(refusal.status())
                                .as(refusal.getMessage())
                                .isEqualTo(status));
    }

    private void ask(String body) throws IOException {
        client.post("/credentials", body);
    }
}
