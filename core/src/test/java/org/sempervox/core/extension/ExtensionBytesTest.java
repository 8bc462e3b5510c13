package org.sempervox.core.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sempervox.core.sip.Flow;

/** The bytes of each event as they were first written: they must be read for ever. */
class ExtensionBytesTest {
    private static final ActorTestKit KIT = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static final Binding BINDING = new Binding(
            "sip:100@192.0.2.10:5060",
            0.5,
            "<urn:uuid:1>",
            1,
            "call",
            7,
            600,
            AT,
            AT.plusSeconds(1200),
            Flow.udp(2, "192.0.2.10", 5060));

    private static Map<String, ExtensionEvent> golden() {
        var events = new LinkedHashMap<String, ExtensionEvent>();
        events.put("bound", new ExtensionEvent.ContactBound(AT, BINDING));
        events.put(
                "unbound", new ExtensionEvent.ContactUnbound(AT, "sip:100@192.0.2.10", "<urn:uuid:1>", 1, "call", 8));
        events.put("expired", new ExtensionEvent.BindingExpired(AT, "sip:100@192.0.2.10", "", 0));
        events.put("slot-reserved", new ExtensionEvent.SlotReserved(AT, "c1"));
        events.put("slot-released", new ExtensionEvent.SlotReleased(AT, "c1"));
        return events;
    }

    @Test
    void oldBytesAreReadAndNewOnesAreTheSame() throws IOException {
        for (var entry : golden().entrySet()) {
            var event = entry.getValue();
            var serializer = (SerializerWithStringManifest)
                    SerializationExtension.get(KIT.system()).findSerializerFor(event);
            assertThat(serializer.identifier()).isEqualTo(27151);
            assertThat(serializer.manifest(event)).isEmpty();
            byte[] written = serializer.toBinary(event);
            byte[] old = bytes(entry.getKey());
            assertThat(serializer.fromBinary(old, "")).isEqualTo(event);
            assertThat(HexFormat.of().formatHex(written))
                    .as(entry.getKey())
                    .isEqualTo(HexFormat.of().formatHex(old));
            assertThat(new String(written, StandardCharsets.ISO_8859_1)).doesNotContain("sempervox");
        }
    }

    /** A snapshot is all that is left of the events before it. */
    @Test
    void oldSnapshotsAreReadAndNewOnesAreTheSame() throws IOException {
        var state = new ExtensionState(
                Map.of(BINDING.key(), BINDING),
                List.of(new ExtensionState.Removal("sip:100@192.0.2.11", "call", 8, AT)),
                Set.of("c1"));
        var serializer = (SerializerWithStringManifest)
                SerializationExtension.get(KIT.system()).findSerializerFor(state);
        assertThat(serializer.identifier()).isEqualTo(27153);
        assertThat(serializer.manifest(state)).isEmpty();
        byte[] written = serializer.toBinary(state);
        byte[] old = bytes("state");
        assertThat(serializer.fromBinary(old, "")).isEqualTo(state);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(old));
        assertThat(new String(written, StandardCharsets.ISO_8859_1)).doesNotContain("sempervox");
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = ExtensionBytesTest.class.getResourceAsStream("/golden/extension/" + name + ".v1.hex")) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
