package org.sempervox.cluster.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sempervox.cluster.store.RecordJson;

/**
 * What {@code credentials} asks a node, sealed with the key of the credentials: who has the key may ask, nobody else, and no password crosses
 * the administration port in clear. Good for a short time. Its text hides the password.
 *
 * @param password empty: the number's credentials are removed
 */
public record CredentialRequest(String number, Optional<String> password) {
    private static final String PURPOSE = "sempervox credential request";
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    public String seal(CredentialKey key, Instant now) {
        var json = RecordJson.MAPPER.createObjectNode().put("number", number).put("at", now.toEpochMilli());
        password.ifPresent(text -> json.put("password", text));
        try {
            return key.seal(RecordJson.MAPPER.writeValueAsBytes(json), PURPOSE);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if it was not sealed with that key, or not just now. */
    static Optional<CredentialRequest> open(CredentialKey key, String sealed, Instant now) {
        return key.open(sealed, PURPOSE).flatMap(bytes -> {
            try {
                JsonNode json = RecordJson.MAPPER.readTree(bytes);
                Duration age = Duration.between(
                                Instant.ofEpochMilli(json.path("at").asLong()), now)
                        .abs();
                return age.compareTo(GOOD_FOR) > 0
                        ? Optional.empty()
                        : Optional.of(new CredentialRequest(
                                json.path("number").asText(),
                                json.has("password")
                                        ? Optional.of(json.path("password").asText())
                                        : Optional.empty()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public String toString() {
        return "CredentialRequest[" + number + "]";
    }
}
