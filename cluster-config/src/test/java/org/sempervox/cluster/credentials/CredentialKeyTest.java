package org.sempervox.cluster.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.SettingsProblem;

class CredentialKeyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final CredentialKey key = new CredentialKey(secret(0));
    private final CredentialKey other = new CredentialKey(secret(1));

    @Test
    void whatIsSealedIsOpenedWithTheSameKeyAndTexts() {
        String sealed = key.seal(CONTENT, "1000", "realm");
        assertThat(key.open(sealed, "1000", "realm")).hasValue(CONTENT);
        assertThat(key.seal(CONTENT, "1000", "realm"))
                .as("a new nonce each time")
                .isNotEqualTo(sealed);
        assertThat(key.open(sealed, "1001", "realm")).isEmpty();
        assertThat(key.open(sealed, "1000", "other")).isEmpty();
        assertThat(key.open(sealed, "1000r", "ealm")).isEmpty();
        assertThat(key.open(sealed, "1000")).isEmpty();
        assertThat(other.open(sealed, "1000", "realm")).isEmpty();
    }

    @Test
    void whatWasChangedIsRefused() {
        String sealed = key.seal(CONTENT);
        for (int i = 0; i < sealed.length() - 1; i++) {
            char changed = sealed.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(key.open(sealed.substring(0, i) + changed + sealed.substring(i + 1)))
                    .isEmpty();
        }
        assertThat(key.open("")).isEmpty();
        assertThat(key.open("AQ==")).isEmpty();
        assertThat(key.open("no base64!")).isEmpty();
    }

    @Test
    void theIdTellsKeysApartAndTheTextShowsNothingElse() {
        assertThat(key.id()).isEqualTo("9c6b8d0b9bfa8fb2");
        assertThat(other.id()).isNotEqualTo(key.id());
        assertThat(key).hasToString("CredentialKey[9c6b8d0b9bfa8fb2]");
    }

    @Test
    void aKeyFileHas32BytesAtLeast(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("credentials.key");
        assertThatThrownBy(() -> CredentialKey.read(file))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContainingAll("credentials.key", "no readable file", "the key of the credentials");
        Files.writeString(file, Secrets.hexKey(31));
        assertThatThrownBy(() -> CredentialKey.read(file)).hasMessageContaining("31 bytes");
        Files.writeString(file, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
        assertThat(CredentialKey.read(file).id()).isEqualTo("9c6b8d0b9bfa8fb2");
    }

    @Test
    void aRequestIsGoodForAMinuteAndHidesItsPassword() {
        var request = new CredentialRequest("1000", Optional.of("päss word"));
        String sealed = request.seal(key, NOW);
        assertThat(CredentialRequest.open(key, sealed, NOW.plusSeconds(60))).hasValue(request);
        assertThat(CredentialRequest.open(key, sealed, NOW.plusSeconds(61))).isEmpty();
        assertThat(CredentialRequest.open(key, sealed, NOW.minusSeconds(61))).isEmpty();
        assertThat(CredentialRequest.open(other, sealed, NOW)).isEmpty();
        assertThat(CredentialRequest.open(key, key.seal(CONTENT, "1000", "realm"), NOW))
                .as("what is sealed for the store is no request")
                .isEmpty();
        assertThat(request).hasToString("CredentialRequest[1000]");
    }

    static byte[] secret(int first) {
        byte[] secret = new byte[32];
        IntStream.range(0, 32).forEach(i -> secret[i] = (byte) (first + i));
        return secret;
    }
}
