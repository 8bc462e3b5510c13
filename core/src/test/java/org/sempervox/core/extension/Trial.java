package org.sempervox.core.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.core.sip.Flow;

/** An extension's machine with a clock to turn, as its shell drives it. */
final class Trial {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Flow HOME = Flow.udp(0, "192.0.2.10", 5060);
    static final Flow ELSEWHERE = Flow.udp(0, "192.0.2.10", 40001);

    Instant now = START;
    ExtensionState state = ExtensionState.EMPTY;
    ExtensionMemory memory = ExtensionMemory.EMPTY;
    final List<ExtensionEvent> stored = new ArrayList<>();
    List<ExtensionEvent> last = List.of();

    ExtensionReply carryOut(ExtensionCommand command) {
        var decision = ExtensionMachine.decide(state, memory, command);
        last = decision.events();
        stored.addAll(last);
        for (var event : last) {
            state = ExtensionMachine.evolve(state, event);
        }
        memory = decision.memory();
        return decision.reply();
    }

    RegisterReply register(RegisterRequest request) {
        var reply = carryOut(new ExtensionCommand.Register(now, request));
        assertThat(reply).isInstanceOf(ExtensionReply.Registered.class);
        return ((ExtensionReply.Registered) reply).reply();
    }

    RegisterReply register(String callId, long cseq, ContactRequest... contacts) {
        return register(new RegisterRequest("100", callId, cseq, List.of(contacts), false, HOME));
    }

    RegisterReply register(Flow flow, String callId, long cseq, ContactRequest... contacts) {
        return register(new RegisterRequest("100", callId, cseq, List.of(contacts), false, flow));
    }

    RegisterReply removeAll(String callId, long cseq) {
        return register(new RegisterRequest("100", callId, cseq, List.of(), true, HOME));
    }

    RegisterReply query() {
        return register("query", 1);
    }

    boolean reserve(String call, int limit) {
        return ((ExtensionReply.Slot) carryOut(new ExtensionCommand.ReserveSlot(now, call, limit))).granted();
    }

    void release(String call) {
        carryOut(new ExtensionCommand.ReleaseSlot(now, call));
    }

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** The node dies and another takes over: only what is stored is left. */
    void takeOver() {
        var replayed = ExtensionState.EMPTY;
        for (var event : stored) {
            replayed = ExtensionMachine.evolve(replayed, event);
        }
        assertThat(replayed).isEqualTo(state);
        memory = ExtensionMemory.EMPTY;
    }

    static ContactRequest contact(String uri, int expires) {
        return new ContactRequest(uri, expires, 1.0, "", 0);
    }

    static ContactRequest outbound(String uri, int expires, String instance, int regId) {
        return new ContactRequest(uri, expires, 1.0, instance, regId);
    }
}
