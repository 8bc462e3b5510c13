package org.sempervox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeParts;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.cluster.node.NodeSettings;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.call.SignallingGateway;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipTrace;

/** Both parts of the sip module in one node: gateway, actor, transport, drain. */
class SipNodeTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
            pekko { loglevel = WARNING, actor.provider = local, actor.serialize-messages = on
                    actor.no-serialization-verification-needed-class-prefix = ["akka."] }
            """).withFallback(ConfigFactory.load());

    private final ActorSystem classic = ActorSystem.create("sip", CONFIG);
    private final DatagramSocket phone = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));

    SipNodeTest() throws Exception {
        phone.setSoTimeout(5000);
    }

    @AfterEach
    void stop() {
        phone.close();
        classic.terminate();
    }

    private static ServiceAddress freeAddress() throws Exception {
        try (var free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return new ServiceAddress(0, "127.0.0.1", free.getLocalPort(), 20_000, 20_100, "a");
        }
    }

    /** One node {@code a}, whose readiness the test changes. */
    private final class Ownership implements AddressOwnership {
        private final AddressPlan plan;
        private Set<String> serving = Set.of("a");
        private Consumer<Set<String>> listener = nodes -> {};

        Ownership(AddressPlan plan) {
            this.plan = plan;
        }

        @Override
        public AddressPlan plan() {
            return plan;
        }

        @Override
        public String self() {
            return "a";
        }

        @Override
        public Set<String> serving() {
            return serving;
        }

        @Override
        public <T> Optional<ActorRef<T>> ownerActor(int service, String name, Class<T> protocol) {
            return owner(service).flatMap(node -> actor(node, name, protocol));
        }

        @Override
        public <T> Optional<ActorRef<T>> actor(String node, String name, Class<T> protocol) {
            return Optional.of(
                    ActorRefResolver.get(Adapter.toTyped(classic)).resolveActorRef("pekko://sip/user/" + name));
        }

        @Override
        public void subscribe(Consumer<Set<String>> added) {
            listener = added;
            listener.accept(serving);
        }

        void change(Set<String> now) {
            serving = now;
            listener.accept(now);
        }
    }

    private NodeContext context(Ownership ownership) {
        var parts = new NodeParts();
        parts.offer(CallDirectory.class, (call, command) -> {});
        parts.offer(org.sempervox.cluster.store.StoreHealth.class, () -> true);
        parts.offer(Credentials.class, user -> Optional.empty());
        parts.offer(Registrar.class, request -> new CompletableFuture<>());
        return new NodeContext(
                Adapter.toTyped(classic),
                new NodeSettings(
                        "a",
                        Set.of("core", "sip"),
                        ownership.plan(),
                        Optional.empty(),
                        "pbx.example",
                        ConfigFactory.empty(),
                        CONFIG),
                ownership,
                () -> true,
                new CallKeys("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
                parts);
    }

    private static SipResponse ringing() {
        return new SipResponse(
                180,
                "Ringing",
                List.of("SIP/2.0/UDP a;branch=z9hG4bK1"),
                new NameAddr("Ann", "sip:100@a", Map.of("tag", "x")),
                NameAddr.of("sip:200@a").withTag("y"),
                "c",
                1,
                "INVITE",
                List.of(NameAddr.of("sip:p;lr")),
                NameAddr.of("sip:200@b"),
                Map.of("allow", "INVITE"),
                "application/sdp",
                "v=0\r\n");
    }

    private String hear() throws Exception {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        phone.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void rolesAreFound() {
        assertThat(ServiceLoader.load(NodeRole.class).stream()
                        .map(role -> role.type().getSimpleName()))
                .contains("SignallingRole", "SipRole");
    }

    @Test
    void callsSpeakThroughTheOwnerOfAnAddress_S16() throws Exception {
        ServiceAddress address = freeAddress();
        var ownership = new Ownership(new AddressPlan(List.of(address)));
        NodeContext context = context(ownership);
        new SignallingRole().start(context).toCompletableFuture().get(5, TimeUnit.SECONDS);
        NodeRole.Running sip =
                new SipRole().start(context).toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(sip.status()).containsEntry("addresses", List.of(address.sentBy()));
        SignallingGateway gateway = context.parts().need(SignallingGateway.class);
        gateway.send(new Outbound.Response("call", 1, Flow.udp(0, "127.0.0.1", phone.getLocalPort()), ringing()));
        assertThat(hear()).startsWith("SIP/2.0 180 Ringing\r\n").endsWith("\r\n\r\nv=0\r\n");
        assertThat(context.parts().need(SipTrace.class).of("call")).hasSize(1);

        ownership.change(Set.of());
        gateway.send(new Outbound.Response("call", 1, Flow.udp(0, "127.0.0.1", phone.getLocalPort()), ringing()));
        sip.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(sip.status()).containsEntry("addresses", List.of());
        try (var next = new DatagramSocket(address.sipPort(), InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(next.isBound()).isTrue();
        }
    }

    @Test
    void outboundMessagesTravelBetweenNodes() throws Exception {
        var serialization = SerializationExtension.get(classic);
        var invite = new SipRequest(
                "INVITE",
                "sip:200@b",
                List.of("SIP/2.0/UDP a;branch=z9hG4bK1"),
                NameAddr.of("sip:100@a").withTag("x"),
                NameAddr.of("sip:200@a"),
                "c",
                1,
                70,
                List.of(NameAddr.of("sip:p;lr")),
                List.of(),
                null,
                Map.of(),
                null,
                "");
        for (Outbound message : List.of(
                new Outbound.Request("call", 1, 2, Flow.udp(0, "127.0.0.1", 5060), invite),
                new Outbound.Response("call", 2, Flow.udp(0, "127.0.0.1", 5060), ringing()))) {
            var serializer = serialization.findSerializerFor(message);
            assertThat(serializer.identifier()).isEqualTo(27200);
            byte[] bytes = serialization.serialize(message).get();
            assertThat(serialization
                            .deserialize(bytes, serializer.identifier(), "")
                            .get())
                    .isEqualTo(message);
        }
    }
}
