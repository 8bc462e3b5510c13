package org.sempervox.cluster.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.sip.Flow;

/**
 * The bindings of one extension as they travel between nodes; short frozen names, since every node holds them all.
 *
 * @param version the entity's sequence number: the higher one is the newer
 * @param bindings empty if it has none any more
 */
record DirectoryEntry(
        @JsonProperty("v") long version, @JsonProperty("b") List<Bound> bindings) {
    DirectoryEntry {
        bindings = List.copyOf(bindings);
    }

    /** Times in milliseconds since 1970. */
    record Bound(
            @JsonProperty("u") String uri,
            @JsonProperty("q") double q,
            @JsonProperty("s") long since,
            @JsonProperty("d") long validUntil,
            @JsonProperty("f") int service,
            @JsonProperty("t") String transport,
            @JsonProperty("h") String host,
            @JsonProperty("p") int port) {}

    static DirectoryEntry of(long version, List<PublishedBinding> bindings) {
        return new DirectoryEntry(
                version,
                bindings.stream()
                        .map(binding -> new Bound(
                                binding.uri(),
                                binding.q(),
                                binding.since().toEpochMilli(),
                                binding.validUntil().toEpochMilli(),
                                binding.flow().service(),
                                binding.flow().transport(),
                                binding.flow().host(),
                                binding.flow().port()))
                        .toList());
    }

    List<PublishedBinding> published() {
        return bindings.stream()
                .map(bound -> new PublishedBinding(
                        bound.uri(),
                        bound.q(),
                        Instant.ofEpochMilli(bound.since()),
                        Instant.ofEpochMilli(bound.validUntil()),
                        new Flow(bound.service(), bound.transport(), bound.host(), bound.port())))
                .toList();
    }
}
