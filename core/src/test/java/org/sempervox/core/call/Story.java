package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** Drives the machine of one call as its entity does, on a clock set by hand, and keeps what it did. */
final class Story {
    static final String OFFER =
            "v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
    static final String ANSWER =
            "v=0\r\no=bob 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 50000 RTP/AVP 0\r\n";
    static final Flow ALICE = Flow.udp(0, "192.0.2.1", 5060);
    static final Flow BOB = Flow.udp(1, "192.0.2.2", 5060);
    static final CallKeys KEYS = new CallKeys("0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    static final String ID = KEYS.callId("call-1", "a1", 1);

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    CallState state = new CallState.Idle();
    CallMemory memory = CallMemory.fresh();
    final List<CallEvent> journal = new ArrayList<>();
    final List<CallEffect> effects = new ArrayList<>();
    int writes;
    private final CallMachine machine = new CallMachine(new CallContext(
            ID,
            KEYS,
            new AddressPlan(List.of(
                    new ServiceAddress(0, "127.0.0.11", 5060, 10000, 19999, "n1"),
                    new ServiceAddress(1, "127.0.0.12", 5060, 20000, 29999, "n2"))),
            "n1",
            1,
            "office.example"));

    Story tell(CallCommand command) {
        effects.clear();
        Decision decision = machine.decide(state, memory, command);
        memory = decision.memory();
        if (!decision.events().isEmpty()) {
            writes++;
        }
        for (CallEvent event : decision.events()) {
            journal.add(event);
            state = machine.evolve(state, event);
        }
        effects.addAll(decision.effects());
        effects.addAll(machine.due(state, memory, now, next -> memory = next));
        return this;
    }

    /** Another node takes the call over. */
    Story takeOver() {
        return takeOver(now);
    }

    /** Into a node that has had it since then. */
    Story takeOver(Instant started) {
        effects.clear();
        state = new CallState.Idle();
        for (CallEvent event : journal) {
            state = machine.evolve(state, event);
        }
        memory = machine.takeOver(state, started);
        effects.addAll(machine.due(state, memory, now, next -> memory = next));
        return this;
    }

    /** The node hands the call over in order. */
    Story handOver() {
        CallEvent settled = machine.settle(memory, now);
        journal.add(settled);
        state = machine.evolve(state, settled);
        return takeOver();
    }

    Story after(Duration time) {
        now = now.plus(time);
        return tell(new ReachDeadline(now));
    }

    Instant wake() {
        return machine.wake(state, memory).orElseThrow();
    }

    List<String> open() {
        return machine.open(state, memory, now);
    }

    Story place(String body) {
        return tell(new PlaceCall(now, invite(body), ALICE, "100", "101"));
    }

    Story prepared(Destination destination) {
        var prepare = (CallEffect.Prepare) effects.stream()
                .filter(CallEffect.Prepare.class::isInstance)
                .findFirst()
                .orElseThrow();
        var lease = prepare.leasePorts() ? new MediaLease(0, "127.0.0.11", 10000, 10002) : null;
        return tell(new ReportPreparation(now, prepare.place(), prepare.dialled(), destination, lease, List.of()));
    }

    static Destination ring(Flow... phones) {
        var targets = new ArrayList<Destination.Target>();
        for (Flow flow : phones) {
            targets.add(new Destination.Target("sip:101@" + flow.host() + ":" + flow.port(), flow));
        }
        return new Destination.Ring("101", "Bob", targets, Duration.ofSeconds(30), null, null);
    }

    Story ringing() {
        return place(OFFER).prepared(ring(BOB));
    }

    Story talking() {
        ringing();
        SipRequest invite = sent("INVITE");
        response(1, invite, 180, "");
        response(1, invite, 200, ANSWER);
        return ack();
    }

    Story ack() {
        return tell(new ReportRequest(now, 0, inDialog("ACK", 1, ""), ALICE));
    }

    /** From Alice in her dialog. */
    SipRequest inDialog(String method, long cseq, String body) {
        return new SipRequest(
                method,
                "sip:101@127.0.0.11:5060",
                List.of("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-a-" + method + cseq),
                NameAddr.of("sip:100@office.example").withTag("a1"),
                NameAddr.of("sip:101@office.example").withTag(KEYS.tag(ID, 0)),
                "call-1",
                cseq,
                70,
                List.of(),
                List.of(),
                NameAddr.of("sip:100@192.0.2.1:5060"),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    /** From Bob in the dialog that our INVITE opened. */
    SipRequest fromBob(String method, long cseq, String body) {
        SipRequest invite = firstInvite();
        return new SipRequest(
                method,
                "sip:100@127.0.0.12:5060",
                List.of("SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK-b-" + method + cseq),
                invite.to().withTag("b1"),
                invite.from(),
                invite.callId(),
                cseq,
                70,
                List.of(),
                List.of(),
                NameAddr.of("sip:101@192.0.2.2:5060"),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    private @Nullable SipRequest first;

    private SipRequest firstInvite() {
        return java.util.Objects.requireNonNull(first);
    }

    Story response(int leg, SipRequest request, int status, String body) {
        if (request.method().equals("INVITE") && first == null) {
            first = request;
        }
        var response = new SipResponse(
                status,
                "x",
                request.via(),
                request.from(),
                request.to().tag() == null ? request.to().withTag("b" + leg) : request.to(),
                request.callId(),
                request.cseq(),
                request.method(),
                List.of(),
                NameAddr.of("sip:101@192.0.2.2:5060"),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
        return tell(new ReportResponse(now, leg, response, BOB));
    }

    Story applied() {
        for (CallEffect effect : List.copyOf(effects)) {
            switch (effect) {
                case CallEffect.DeclareMedia d ->
                    tell(new ReportMedia(
                            now,
                            new MediaReport.PlanApplied(
                                    ID, d.plan().epoch(), d.plan().version())));
                case CallEffect.ReleaseMedia r ->
                    tell(new ReportMedia(
                            now, new MediaReport.Released(r.session(), MediaReport.SessionStatistics.NONE)));
                case CallEffect.StoreRecord _ -> tell(new ReportRecordStored(now));
                default -> {}
            }
        }
        return this;
    }

    List<SipRequest> requests() {
        return effects.stream()
                .filter(CallEffect.Send.class::isInstance)
                .map(e -> ((CallEffect.Send) e).message())
                .filter(Outbound.Request.class::isInstance)
                .map(o -> ((Outbound.Request) o).request())
                .toList();
    }

    SipRequest sent(String method) {
        return requests().stream()
                .filter(r -> r.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + method + " in " + effects));
    }

    /** Statuses of the responses sent, in order. */
    List<Integer> answers() {
        return effects.stream()
                .filter(CallEffect.Send.class::isInstance)
                .map(e -> ((CallEffect.Send) e).message())
                .filter(Outbound.Response.class::isInstance)
                .map(o -> ((Outbound.Response) o).response().status())
                .toList();
    }

    static SipRequest invite(String body) {
        return new SipRequest(
                "INVITE",
                "sip:101@office.example",
                List.of("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-a-1"),
                NameAddr.of("sip:100@office.example").withTag("a1"),
                NameAddr.of("sip:101@office.example"),
                "call-1",
                1,
                70,
                List.of(),
                List.of(),
                NameAddr.of("sip:100@192.0.2.1:5060"),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
    }

    /** Alice gives up. */
    static SipRequest cancel() {
        SipRequest invite = invite("");
        return new SipRequest(
                "CANCEL",
                invite.uri(),
                invite.via(),
                invite.from(),
                invite.to(),
                invite.callId(),
                1,
                70,
                invite.route(),
                invite.recordRoute(),
                null,
                invite.headers(),
                null,
                "");
    }
}
