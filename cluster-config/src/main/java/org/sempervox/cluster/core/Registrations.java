package org.sempervox.cluster.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import org.sempervox.cluster.directory.ReplicatedDirectory;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.cluster.store.RecordJson;

/** The bindings that this node knows, as {@code registrations} shows them; every node knows all. */
final class Registrations {
    private Registrations() {}

    static JsonNode of(ReplicatedDirectory directory, AddressOwnership ownership) {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        Instant now = Instant.now();
        directory.forEach((extension, bindings) -> bindings.forEach(binding -> {
            if (binding.validUntil().isAfter(now)) {
                all.addObject()
                        .put("extension", extension)
                        .put("contact", binding.uri())
                        .put(
                                "from",
                                binding.flow().host() + ":" + binding.flow().port())
                        .put(
                                "service",
                                ownership.plan().get(binding.flow().service()).sentBy())
                        .put("q", binding.q())
                        .put("since", RecordJson.time(binding.since()))
                        .put("validUntil", RecordJson.time(binding.validUntil()));
            }
        }));
        return all;
    }
}
