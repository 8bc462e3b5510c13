package org.sempervox.chaos.bench.micro;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallCommand.PlaceCall;
import org.sempervox.core.call.CallCommand.ReportPreparation;
import org.sempervox.core.call.CallCommand.ReportResponse;
import org.sempervox.core.call.CallContext;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.CallMachine;
import org.sempervox.core.call.CallMemory;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.Decision;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A call of one extension to another with a single phone, up to its answer: what stands before each of its two dearest commands. */
final class SampleCall {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallKeys KEYS = new CallKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    /** What a command leads to: facts, and effects decided and due. */
    record Turn(List<CallEvent> events, List<CallEffect> effects, Standing next) {}

    /** Where the machine stands. */
    record Standing(CallState state, CallMemory memory) {}

    final Standing preparing;
    final CallCommand prepared;
    final Standing ringing;
    final CallCommand answered;
    private final CallMachine machine;

    SampleCall() {
        SipRequest invite = Messages.request(Messages.INVITE);
        machine = new CallMachine(new CallContext(
                KEYS.callId(invite.callId(), "8f3a1c22", invite.cseq()),
                KEYS,
                new AddressPlan(List.of(new ServiceAddress(0, "127.0.0.11", 5060, 10000, 19999, "n1"))),
                "n1",
                1,
                "office.example"));
        var place = new PlaceCall(AT, invite, Messages.CALLER, "100", "101");
        preparing = turn(new Standing(new CallState.Idle(), CallMemory.fresh()), place)
                .next();
        prepared = new ReportPreparation(
                AT,
                place,
                "101",
                new Destination.Ring(
                        "101",
                        "Bob",
                        List.of(new Destination.Target("sip:101@192.0.2.2:5060", Messages.CALLEE)),
                        Duration.ofSeconds(30),
                        null,
                        null),
                new MediaLease(0, "127.0.0.11", 10000, 10002),
                List.of("100", "101"));
        Turn placed = turn(preparing, prepared);
        SipRequest sent = sent(placed.effects());
        ringing = turn(placed.next(), report(sent, 180, "")).next();
        answered = report(sent, 200, Messages.response(Messages.OK).body());
    }

    /** As the entity does: decide, evolve, and what is due then. */
    Turn turn(Standing from, CallCommand command) {
        Decision decision = machine.decide(from.state(), from.memory(), command);
        CallState state = from.state();
        for (CallEvent event : decision.events()) {
            state = machine.evolve(state, event);
        }
        var memory = new CallMemory[] {decision.memory()};
        var effects = new ArrayList<>(decision.effects());
        effects.addAll(machine.due(state, decision.memory(), command.at(), next -> memory[0] = next));
        return new Turn(decision.events(), effects, new Standing(state, memory[0]));
    }

    private static CallCommand report(SipRequest sent, int status, String body) {
        var response = new SipResponse(
                status,
                "x",
                sent.via(),
                sent.from(),
                sent.to().withTag("b7c1d9e2"),
                sent.callId(),
                sent.cseq(),
                sent.method(),
                List.of(),
                NameAddr.of("sip:101@192.0.2.2:5060"),
                Map.of(),
                body.isEmpty() ? null : "application/sdp",
                body);
        return new ReportResponse(AT, 1, response, Messages.CALLEE);
    }

    private static SipRequest sent(List<CallEffect> effects) {
        for (CallEffect effect : effects) {
            if (effect instanceof CallEffect.Send(Outbound.Request request)) {
                return request.request();
            }
        }
        throw new IllegalStateException("no INVITE in " + effects);
    }
}
