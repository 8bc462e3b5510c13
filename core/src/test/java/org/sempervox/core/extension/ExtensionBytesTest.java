package org.sempervox.core.extension;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sempervox.core.golden.GoldenBytes;
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
            GoldenBytes.check(KIT.system(), 27151, "extension", entry.getKey(), entry.getValue());
        }
    }

    /** A snapshot is all that is left of the events before it. */
    @Test
    void oldSnapshotsAreReadAndNewOnesAreTheSame() throws IOException {
        var state = new ExtensionState(
                Map.of(BINDING.key(), BINDING),
                List.of(new ExtensionState.Removal("sip:100@192.0.2.11", "call", 8, AT)),
                Set.of("c1"));
        GoldenBytes.check(KIT.system(), 27153, "extension", "state", state);
    }
}
