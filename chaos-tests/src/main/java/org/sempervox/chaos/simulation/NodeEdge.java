package org.sempervox.chaos.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipUri;
import org.sempervox.sip.edge.ClientTransactions;
import org.sempervox.sip.stack.Sent;

/** A node's edge: the product's client transactions on the simulated clock, and the way from a message to its call (S10, S11). */
final class NodeEdge {
    /** When a transaction of RFC 3261 §17.1 may have something due, in half seconds after its first packet. */
    private static final int[] INVITE_TICKS = {1, 3, 7, 15, 31, 63, 64};

    private static final int[] OTHER_TICKS = {1, 3, 7, 15, 23, 31, 39, 47, 55, 63, 64};
    private static final long T1 = 500_000;

    private final ClusterWorld world;
    private final SimulatedNode node;
    private final ClientTransactions transactions;
    private final IdentityHashMap<byte[], SipRequest> packets = new IdentityHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Set<String> placedHere = new HashSet<>();
    private final Set<String> offeredHere = new HashSet<>();
    private final Set<String> putOffHere = new HashSet<>();
    private long nextTick = -1;

    NodeEdge(ClusterWorld world, SimulatedNode node) {
        this.world = world;
        this.node = node;
        this.transactions = new ClientTransactions(this::transmit, this::failed, () -> world.timeline.micros() * 1000);
    }

    void forget(Set<Integer> services) {
        if (!services.isEmpty()) {
            transactions.forget(services);
        }
    }

    /** From a call, wherever it is. */
    void send(Outbound message) {
        Long seen = epochs.get(message.call());
        if (seen != null && message.epoch() < seen && world.broken != Broken.OLD_EPOCHS) {
            return;
        }
        if (seen == null || message.epoch() > seen) {
            epochs.put(message.call(), message.epoch());
        }
        if (node.open() && node.serves(message.flow().service())) {
            world.invariants.spoke(message);
        }
        switch (message) {
            case Outbound.Response response -> speak(response.flow(), null, response.response());
            case Outbound.Request request -> {
                var data = new byte[0];
                packets.put(data, request.request());
                int before = transactions.size();
                transactions.send(request, data);
                if (transactions.size() > before) {
                    boolean invite = request.request().method().equals("INVITE");
                    for (int tick : invite ? INVITE_TICKS : OTHER_TICKS) {
                        tickAt(tick * T1);
                    }
                }
            }
        }
    }

    /** With the fence closed nothing is due: whatever was owed is another node's. */
    private void tickAt(long after) {
        long at = world.timeline.micros() + after;
        node.after(after, () -> {
            if (nextTick == at || transactions.size() == 0 || !node.open()) {
                world.timeline.nothing();
                return;
            }
            nextTick = at;
            transactions.tick();
        });
    }

    private Sent transmit(Flow flow, byte[] data) {
        return speak(flow, Objects.requireNonNull(packets.get(data)), null);
    }

    private Sent speak(Flow flow, @Nullable SipRequest request, @Nullable SipResponse response) {
        if (!node.open()) {
            return Sent.FENCED;
        }
        if (!node.serves(flow.service())) {
            return Sent.NOT_SERVED;
        }
        String from = world.addresses.get(flow.service()).sentBy();
        String to = world.place(flow);
        world.invariants.speaks(node, flow.service());
        if (request != null) {
            world.network.send(new Packet.Asking(from, to, request));
        } else if (response != null) {
            world.network.send(new Packet.Answering(from, to, response));
        }
        return Sent.SENT;
    }

    private void failed(Outbound.Request request, int status) {
        SipRequest sent = request.request();
        world.tellCall(
                node,
                request.call(),
                new CallCommand.ReportTransactionFailure(
                        world.timeline.now(), request.leg(), sent.method(), sent.cseq(), status));
    }

    /** With the fence closed nothing is taken either: what waited in the socket while the node stood still is thrown away. */
    void receive(ServiceAddress address, Packet packet) {
        if (!node.open()) {
            return;
        }
        Flow flow = world.flow(address.index(), packet.from());
        switch (packet) {
            case Packet.Answering answering -> answered(answering.response(), flow);
            case Packet.Asking asking -> asked(asking.request(), flow);
        }
    }

    private void answered(SipResponse response, Flow flow) {
        Optional<CallKeys.LegId> leg = world.leg(response.from().tag());
        if (leg.isEmpty()) {
            return;
        }
        transactions.response(response.branch(), response.method(), response.status());
        world.tellCall(
                node,
                leg.get().call(),
                new CallCommand.ReportResponse(world.timeline.now(), leg.get().leg(), response, flow));
    }

    private void asked(SipRequest request, Flow flow) {
        String fromTag = Objects.requireNonNullElse(request.from().tag(), "");
        String toTag = request.to().tag();
        if (toTag != null) {
            inDialog(request, flow, toTag, fromTag);
            return;
        }
        switch (request.method()) {
            case "ACK" -> {}
            case "REGISTER" -> register(request, flow);
            case "CANCEL" -> cancel(request, flow, world.callId(request, fromTag));
            default -> {
                String call = world.callId(request, fromTag);
                boolean putOff = !world.store.answers() && !placedHere.contains(call);
                if (putOff || putOffHere.contains(call)) {
                    putOffHere.add(call);
                    reply(request, flow, 503, Map.of());
                    return;
                }
                placedHere.add(call);
                world.name(call, request.callId());
                world.tellCall(
                        node,
                        call,
                        new CallCommand.PlaceCall(
                                world.timeline.now(),
                                request,
                                flow,
                                request.from().user(),
                                SipUri.user(request.uri())));
            }
        }
    }

    private void inDialog(SipRequest request, Flow flow, String toTag, String fromTag) {
        Optional<CallKeys.LegId> leg = world.leg(toTag);
        if (leg.isEmpty()) {
            if (!request.method().equals("ACK")) {
                reply(request, flow, 481, Map.of());
            }
        } else if (request.method().equals("CANCEL") && leg.get().call().equals(world.callId(request, fromTag))) {
            cancel(request, flow, leg.get().call());
        } else if (request.method().equals("INVITE") && tooEarly(request, leg.get())) {
            reply(request, flow, 500, Map.of("retry-after", "5"));
        } else {
            world.tellCall(
                    node,
                    leg.get().call(),
                    new CallCommand.ReportRequest(
                            world.timeline.now(), leg.get().leg(), request, flow));
        }
    }

    /** As the product's edge: a new request waits for a store that does not answer, a repeated one is the call's. */
    private boolean tooEarly(SipRequest request, CallKeys.LegId leg) {
        String name = leg.call() + "/" + leg.leg() + "/" + request.cseq();
        if (world.store.answers()) {
            offeredHere.add(name);
            return false;
        }
        return !offeredHere.contains(name);
    }

    private void cancel(SipRequest request, Flow flow, String call) {
        world.tellCall(node, call, new CallCommand.ReportCancel(world.timeline.now(), request, flow));
    }

    private void register(SipRequest request, Flow flow) {
        var asked = PhoneRegistration.read(request, flow);
        world.tellExtension(
                node,
                asked.extension(),
                extension -> extension.register(
                        asked, reply -> world.between(extension.node(), node, () -> registered(request, flow, reply))));
    }

    private void registered(SipRequest request, Flow flow, RegisterReply reply) {
        if (node.open()) {
            reply(request, flow, reply.status(), PhoneRegistration.headers(reply));
        }
    }

    private void reply(SipRequest request, Flow flow, int status, Map<String, String> headers) {
        var response = new SipResponse(
                status,
                "-",
                request.via(),
                request.from(),
                request.to().tag() == null ? request.to().withTag("edge") : request.to(),
                request.callId(),
                request.cseq(),
                request.method(),
                java.util.List.of(),
                null,
                headers,
                null,
                "");
        speak(flow, null, response);
    }
}
