package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipUri;

/**
 * The edges of all service addresses: client transactions' retransmissions (RFC 3261 §17.1 timers A, B, E, F) and the way from a message
 * to its call (S10, S11). {@code answersCancel}: it promises a CANCEL before the call has stored it. Everything in it may be lost at any time.
 */
final class SimulatedEdge {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private final Timeline timeline;
    private final SimulatedNetwork network;
    private final AddressPlan addresses;
    private final CallKeys keys;
    private final BiConsumer<String, CallCommand> calls;
    private final boolean answersCancel;
    private final Map<String, Transaction> transactions = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();

    private static final class Transaction {
        final Outbound.Request outbound;
        boolean stopped;

        Transaction(Outbound.Request outbound) {
            this.outbound = outbound;
        }
    }

    SimulatedEdge(
            Timeline timeline,
            SimulatedNetwork network,
            AddressPlan addresses,
            CallKeys keys,
            BiConsumer<String, CallCommand> calls,
            boolean answersCancel) {
        this.timeline = timeline;
        this.network = network;
        this.addresses = addresses;
        this.keys = keys;
        this.calls = calls;
        this.answersCancel = answersCancel;
        addresses.addresses().forEach(address -> network.attach(address.sentBy(), packet -> receive(address, packet)));
    }

    /** The edges died and others, knowing nothing, serve the same addresses. */
    void forget() {
        transactions.values().forEach(transaction -> transaction.stopped = true);
        transactions.clear();
        epochs.clear();
    }

    void send(Outbound message) {
        if (message.epoch() < epochs.getOrDefault(message.call(), 0L)) {
            return;
        }
        epochs.put(message.call(), message.epoch());
        switch (message) {
            case Outbound.Response response ->
                network.send(new Packet.Answering(from(message), to(message), response.response()));
            case Outbound.Request request -> send(request);
        }
    }

    private void send(Outbound.Request outbound) {
        SipRequest request = outbound.request();
        if (request.method().equals("ACK")) {
            network.send(new Packet.Asking(from(outbound), to(outbound), request));
            return;
        }
        String key = request.method() + request.branch();
        if (transactions.containsKey(key)) {
            network.send(new Packet.Asking(from(outbound), to(outbound), request));
            return;
        }
        var transaction = new Transaction(outbound);
        transactions.put(key, transaction);
        transmit(transaction, T1);
        timeline.after(T1.multipliedBy(64), () -> expire(key, transaction));
    }

    private void transmit(Transaction transaction, Duration pause) {
        if (transaction.stopped) {
            return;
        }
        Outbound.Request outbound = transaction.outbound;
        network.send(new Packet.Asking(from(outbound), to(outbound), outbound.request()));
        boolean invite = outbound.request().method().equals("INVITE");
        Duration next = pause.multipliedBy(2);
        Duration capped = !invite && next.compareTo(T2) > 0 ? T2 : next;
        timeline.after(pause, () -> transmit(transaction, capped));
    }

    private void expire(String key, Transaction transaction) {
        if (transaction.stopped) {
            return;
        }
        transaction.stopped = true;
        transactions.remove(key);
        Outbound.Request outbound = transaction.outbound;
        SipRequest request = outbound.request();
        calls.accept(
                outbound.call(),
                new CallCommand.ReportTransactionFailure(
                        timeline.now(), outbound.leg(), request.method(), request.cseq(), 408));
    }

    private String from(Outbound message) {
        return addresses.get(message.flow().service()).sentBy();
    }

    private static String to(Outbound message) {
        return message.flow().host() + ":" + message.flow().port();
    }

    private void receive(ServiceAddress address, Packet packet) {
        int colon = packet.from().lastIndexOf(':');
        var flow = Flow.udp(
                address.index(),
                packet.from().substring(0, colon),
                Integer.parseInt(packet.from().substring(colon + 1)));
        switch (packet) {
            case Packet.Answering answering -> answered(answering.response(), flow);
            case Packet.Asking asking -> asked(address, asking, flow);
        }
    }

    private void answered(SipResponse response, Flow flow) {
        Transaction transaction = transactions.get(response.method() + response.branch());
        if (transaction != null) {
            transaction.stopped = true;
            if (response.status() >= 200) {
                transactions.remove(response.method() + response.branch());
            }
        }
        leg(response.from().tag())
                .ifPresent(leg -> calls.accept(
                        leg.call(), new CallCommand.ReportResponse(timeline.now(), leg.leg(), response, flow)));
    }

    private void asked(ServiceAddress address, Packet.Asking asking, Flow flow) {
        SipRequest request = asking.request();
        String tag = request.to().tag();
        String fromTag = request.from().tag();
        Optional<CallKeys.LegId> leg = leg(tag);
        if (leg.isPresent()) {
            calls.accept(
                    leg.get().call(),
                    new CallCommand.ReportRequest(timeline.now(), leg.get().leg(), request, flow));
        } else if (tag == null && fromTag != null) {
            String call = keys.callId(request.callId(), fromTag, request.cseq());
            switch (request.method()) {
                case "INVITE" ->
                    calls.accept(
                            call,
                            new CallCommand.PlaceCall(
                                    timeline.now(),
                                    request,
                                    flow,
                                    request.from().user(),
                                    SipUri.user(request.uri())));
                case "CANCEL" -> {
                    if (answersCancel) {
                        reply(address, asking, 200);
                    }
                    calls.accept(call, new CallCommand.ReportCancel(timeline.now(), request, flow));
                }
                default -> stray(address, asking);
            }
        } else {
            stray(address, asking);
        }
    }

    private void stray(ServiceAddress address, Packet.Asking asking) {
        if (!asking.request().method().equals("ACK")) {
            reply(address, asking, 481);
        }
    }

    private void reply(ServiceAddress address, Packet.Asking asking, int status) {
        SipRequest request = asking.request();
        var response = new SipResponse(
                status,
                "-",
                request.via(),
                request.from(),
                request.to(),
                request.callId(),
                request.cseq(),
                request.method(),
                java.util.List.of(),
                null,
                Map.of(),
                null,
                "");
        network.send(new Packet.Answering(address.sentBy(), asking.from(), response));
    }

    private Optional<CallKeys.LegId> leg(@Nullable String tag) {
        return tag == null ? Optional.empty() : keys.parse(tag);
    }
}
