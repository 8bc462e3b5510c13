package org.sempervox.sip.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sempervox.core.extension.BindingView;
import org.sempervox.core.extension.ContactRequest;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.sip.codec.RegisterContacts;

class RegistrationsTest {
    private static final Flow FLOW = Flow.udp(0, "192.0.2.9", 5060);

    private static SipRequest register(Map<String, String> headers) {
        return new SipRequest(
                "REGISTER",
                "sip:pbx.example",
                List.of("SIP/2.0/UDP a;branch=z9hG4bK1"),
                NameAddr.of("sip:100@pbx.example").withTag("f"),
                NameAddr.of("sip:100@pbx.example"),
                "c",
                4,
                70,
                List.of(),
                List.of(),
                null,
                headers,
                null,
                "");
    }

    private static Optional<RegisterRequest> read(Map<String, String> headers, NameAddr... contacts) {
        return Registrations.read(register(headers), new RegisterContacts(false, List.of(contacts)), FLOW, "100");
    }

    private static NameAddr contact(String uri, Map<String, String> params) {
        return new NameAddr("", uri, params);
    }

    private static int expires(Map<String, String> headers, Map<String, String> params) {
        return read(headers, contact("sip:100@a", params))
                .orElseThrow()
                .contacts()
                .get(0)
                .expiresSeconds();
    }

    private static Registrations.Reply reply(Registrar registrar) throws Exception {
        return new Registrations(registrar, java.time.Duration.ofMillis(50))
                .register(register(Map.of()), new RegisterContacts(false, List.of()), FLOW, "100")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void contactCarriesItsOutboundIdentity_RFC5626_4_2() {
        var params = Map.of("q", "0.5", "+sip.instance", "\"<urn:uuid:1>\"", "reg-id", "2", "expires", "60");
        assertThat(read(Map.of(), contact("sip:100@a", params)))
                .contains(new RegisterRequest(
                        "100",
                        "c",
                        4,
                        List.of(new ContactRequest("sip:100@a", 60, 0.5, "<urn:uuid:1>", 2)),
                        false,
                        FLOW));
    }

    @Test
    void parameterBeatsHeaderAndMalformedIsAnHour_RFC3261_10_2_1() {
        assertThat(expires(Map.of(), Map.of())).isEqualTo(-1);
        assertThat(expires(Map.of("expires", "120"), Map.of())).isEqualTo(120);
        assertThat(expires(Map.of("expires", "120"), Map.of("expires", "0"))).isZero();
        assertThat(expires(Map.of("expires", "soon"), Map.of())).isEqualTo(3600);
        assertThat(expires(Map.of(), Map.of("expires", "4294967295"))).isEqualTo(2147483647);
        assertThat(expires(Map.of(), Map.of("expires", "99999999999999999999"))).isEqualTo(3600);
    }

    @Test
    void wildcardIsAloneAndExpiresZero_RFC3261_10_2_2() {
        var star = new RegisterContacts(true, List.of());
        assertThat(Registrations.read(register(Map.of("expires", "0")), star, FLOW, "100"))
                .contains(new RegisterRequest("100", "c", 4, List.of(), true, FLOW));
        assertThat(Registrations.read(register(Map.of("expires", "60")), star, FLOW, "100"))
                .isEmpty();
        assertThat(Registrations.read(register(Map.of()), star, FLOW, "100")).isEmpty();
        var mixed = new RegisterContacts(true, List.of(NameAddr.of("sip:100@a")));
        assertThat(Registrations.read(register(Map.of("expires", "0")), mixed, FLOW, "100"))
                .isEmpty();
    }

    @Test
    void badContactsAreRefused() {
        assertThat(read(Map.of(), contact("mailto:a@b", Map.of()))).isEmpty();
        assertThat(read(Map.of(), contact("sip:a@b", Map.of("q", "2")))).isEmpty();
        assertThat(read(Map.of())).isPresent();
    }

    @Test
    void bindingsAreListed_RFC3261_10_3() throws Exception {
        var bindings = List.of(new BindingView("sip:100@a;x=y", 60, 1), new BindingView("sip:100@b", 30, 0.25));
        assertThat(reply(request -> CompletableFuture.completedFuture(new RegisterReply(200, bindings, 0))))
                .isEqualTo(new Registrations.Reply(
                        200, Map.of("contact", "<sip:100@a;x=y>;expires=60, <sip:100@b>;expires=30;q=0.250")));
        assertThat(reply(request -> CompletableFuture.completedFuture(new RegisterReply(423, List.of(), 60))))
                .isEqualTo(new Registrations.Reply(423, Map.of("min-expires", "60")));
    }

    @Test
    void phoneGetsAnAnswerWhateverHappens() throws Exception {
        var unavailable = new Registrations.Reply(503, Map.of("retry-after", "2"));
        assertThat(reply(request -> CompletableFuture.failedFuture(new IllegalStateException("store"))))
                .isEqualTo(unavailable);
        assertThat(reply(request -> {
                    throw new IllegalStateException("no shard");
                }))
                .isEqualTo(unavailable);
        assertThat(reply(request -> new CompletableFuture<>())).isEqualTo(unavailable);
    }
}
