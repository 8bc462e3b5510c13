package org.sempervox.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.sip.Flow;

class RoutingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ExtensionSettings DESK =
            new ExtensionSettings("100", "Front desk", Duration.ofSeconds(20), "101", "102", 4);

    private static Destination route(String dialled, PublishedBinding... bindings) {
        return Routing.route(
                number -> number.equals("100") ? Optional.of(DESK) : Optional.empty(),
                number -> List.of(bindings),
                dialled,
                NOW);
    }

    private static PublishedBinding binding(String uri, double q, int age, int left) {
        return new PublishedBinding(uri, q, NOW.minusSeconds(age), NOW.plusSeconds(left), Flow.udp(0, "h", 1));
    }

    @Test
    void unknownNumberIsNotFound() {
        assertThat(route("999", binding("sip:a", 1, 1, 1))).isEqualTo(new Destination.Refuse(404, null));
    }

    @Test
    void nobodyRegisteredIsUnavailableWithTheForwarding() {
        assertThat(route("100")).isEqualTo(new Destination.Refuse(480, "101"));
        assertThat(route("100", binding("sip:a", 1, 100, 0))).isEqualTo(new Destination.Refuse(480, "101"));
    }

    /** RFC 3261 §16.6: preference first; within it the newest. */
    @Test
    void preferredThenNewestFirst() {
        var ring = (Destination.Ring) route(
                "100",
                binding("sip:old", 0.5, 50, 10),
                binding("sip:gone", 1, 5, -1),
                binding("sip:new", 0.5, 5, 10),
                binding("sip:best", 0.9, 99, 10));
        assertThat(ring.targets())
                .extracting(Destination.Target::uri)
                .containsExactly("sip:best", "sip:new", "sip:old");
        assertThat(ring.ringFor()).isEqualTo(Duration.ofSeconds(20));
        assertThat(ring.noAnswer()).isEqualTo("101");
        assertThat(ring.busy()).isEqualTo("102");
        assertThat(ring.name()).isEqualTo("Front desk");
    }
}
