package org.sempervox.sip.edge;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.extension.BindingView;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.sip.auth.DigestAuthenticator;
import org.sempervox.sip.auth.TokenBuckets;
import org.sempervox.sip.registrar.Registrations;
import org.sempervox.sip.stack.UdpTransport;

/** An edge on a free port of 127.0.0.1, whose calls are a queue, and phones that talk to it. */
final class EdgeFixture {
    private record Delivery(String call, CallCommand command) {}

    final CallKeys keys = new CallKeys("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    final AtomicLong nanos = new AtomicLong();
    final MessageTrace trace = new MessageTrace(64);
    final ServiceAddress address;
    final UdpTransport transport;
    final EdgeOutput output;
    final Edge edge;
    volatile boolean ready = true;
    volatile boolean broken;
    volatile boolean stores = true;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final List<Phone> phones = new java.util.ArrayList<>();
    private String lastCall = "";

    EdgeFixture() throws Exception {
        try (var free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            address = new ServiceAddress(0, "127.0.0.1", free.getLocalPort(), 20_000, 20_100, "a");
        }
        var receiver = new CompletableFuture<Edge>();
        transport = new UdpTransport(
                () -> true,
                (from, data) -> receiver.resultNow().received(from, data),
                (delay, action) -> {},
                Duration.ZERO);
        output = new EdgeOutput(transport::send, this::deliver, () -> true, InstantSource.system(), nanos::get, trace);
        var authenticator = new DigestAuthenticator(
                "pbx.example",
                user -> Optional.of(DigestSecret.of(user, "pbx.example", "secret")),
                keys,
                InstantSource.system(),
                limit(100),
                limit(100));
        var registrations = new Registrations(
                request -> CompletableFuture.completedFuture(new RegisterReply(
                        200,
                        request.contacts().stream()
                                .map(contact -> new BindingView(contact.uri(), contact.expiresSeconds(), contact.q()))
                                .toList(),
                        0)),
                Registrations.PATIENCE);
        edge = new Edge(
                new Edge.Parts(
                        keys,
                        this::deliver,
                        authenticator,
                        registrations,
                        output,
                        trace,
                        readiness(),
                        InstantSource.system(),
                        limit(1000),
                        limit(50),
                        limit(50)),
                new AddressPlan(List.of(address)),
                Set.of());
        receiver.complete(edge);
        transport.own(List.of(address));
    }

    private Readiness readiness() {
        return new Readiness() {
            @Override
            public boolean takesCalls() {
                return ready;
            }

            @Override
            public boolean stores() {
                return stores;
            }
        };
    }

    private TokenBuckets limit(int perSecond) {
        return new TokenBuckets(perSecond, perSecond, 100, nanos::get);
    }

    private void deliver(String call, CallCommand command) {
        if (broken) {
            throw new IllegalStateException("no shard");
        }
        deliveries.add(new Delivery(call, command));
    }

    CallCommand delivered() {
        try {
            Delivery delivery = Objects.requireNonNull(deliveries.poll(5, TimeUnit.SECONDS), "nothing delivered");
            lastCall = delivery.call();
            return delivery.command();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String lastCall() {
        return lastCall;
    }

    boolean nothingDelivered() {
        return deliveries.isEmpty();
    }

    Phone phone() throws Exception {
        var phone = new Phone();
        phones.add(phone);
        return phone;
    }

    void close() {
        transport.close();
        phones.forEach(phone -> phone.socket.close());
    }

    final class Phone {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));

        Phone() throws Exception {
            socket.setSoTimeout(5000);
        }

        int port() {
            return socket.getLocalPort();
        }

        Flow flow() {
            return Flow.udp(0, "127.0.0.1", port());
        }

        void say(String text) throws Exception {
            sayBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        void sayBytes(byte[] data) throws Exception {
            socket.send(new DatagramPacket(data, data.length, InetAddress.ofLiteral("127.0.0.1"), address.sipPort()));
        }

        String hear() throws Exception {
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        /** The first message heard from now on that contains this. */
        String hearUntil(String part) throws Exception {
            String heard = hear();
            while (!heard.contains(part)) {
                heard = hear();
            }
            return heard;
        }

        /** A request of 100 with the identifiers that all requests of these tests share. */
        String request(String method, String target, String toTag, String... more) {
            var out = new StringBuilder();
            for (String line : List.of(
                    method + " " + target + " SIP/2.0",
                    "Via: SIP/2.0/UDP 127.0.0.1:" + port() + ";rport;branch=z9hG4bK1",
                    "Max-Forwards: 70",
                    "From: <sip:100@pbx.example>;tag=ft",
                    "To: <sip:100@pbx.example>" + (toTag.isEmpty() ? "" : ";tag=" + toTag),
                    "Call-ID: call-1",
                    "CSeq: 1 " + method)) {
                out.append(line).append("\r\n");
            }
            for (String line : more) {
                out.append(line).append("\r\n");
            }
            return out.append("\r\n").toString();
        }

        String response(SipRequest request, String status, String from) {
            return "SIP/2.0 " + status + "\r\nVia: " + request.via().get(0) + "\r\nFrom: " + from
                    + "\r\nTo: <sip:200@pbx.example>;tag=p\r\nCall-ID: " + request.callId() + "\r\nCSeq: "
                    + request.cseq() + " " + request.method() + "\r\nContent-Length: 0\r\n\r\n";
        }

        /** MD5 credentials that answer the challenge of a response. */
        String credentials(String challenge, String method, String uri, String user) throws Exception {
            int at = challenge.indexOf("nonce=\"") + 7;
            String nonce = challenge.substring(at, challenge.indexOf('"', at));
            String response = md5(
                    md5(user + ":pbx.example:secret") + ":" + nonce + ":00000001:cn:auth:" + md5(method + ":" + uri));
            return "Digest username=\"" + user + "\", realm=\"pbx.example\", nonce=\"" + nonce + "\", uri=\"" + uri
                    + "\", response=\"" + response + "\", algorithm=MD5, cnonce=\"cn\", qop=auth, nc=00000001";
        }

        private static String md5(String text) throws Exception {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
