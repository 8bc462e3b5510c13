package org.sempervox.chaos.simulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.extension.ContactRequest;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A phone's registration (RFC 3261 §10.2): asked for until it is answered, refreshed at half its time, given up on request. */
final class PhoneRegistration {
    static final int EXPIRES = 60;
    private static final long T1 = 500_000;
    private static final long T2 = 4_000_000;
    private static final long REFRESH = EXPIRES / 2 * 1_000_000L;

    private final ClusterWorld world;
    private final SimulatedPhone phone;
    private final String name;
    private final int service;
    private long cseq;
    private int wanted;
    private @Nullable SipRequest open;
    private boolean over;
    private long round;

    /** Until when the cluster has promised to know it, in microseconds; -1 if it has promised nothing. */
    private long promisedUntil = -1;

    PhoneRegistration(ClusterWorld world, SimulatedPhone phone, String name, int service) {
        this.world = world;
        this.phone = phone;
        this.name = name;
        this.service = service;
    }

    String extension() {
        return phone.number;
    }

    String contact() {
        return "sip:" + phone.number + "@" + phone.address();
    }

    long promisedUntil() {
        return promisedUntil;
    }

    boolean idle() {
        return open == null;
    }

    /** No refreshes any more. */
    void end() {
        over = true;
        round++;
        open = null;
    }

    void register() {
        ask(EXPIRES);
    }

    void unregister() {
        promisedUntil = -1;
        ask(0);
    }

    private void ask(int expires) {
        if (over) {
            return;
        }
        wanted = expires;
        if (expires == 0) {
            promisedUntil = -1;
        }
        cseq++;
        NameAddr me = NameAddr.of("sip:" + phone.number + "@sempervox");
        open = new SipRequest(
                "REGISTER",
                "sip:sempervox",
                List.of("SIP/2.0/UDP " + phone.address() + ";rport;branch=z9hG4bK-reg-" + name + "-" + cseq),
                me.withTag("reg-" + name),
                me,
                "reg-" + name,
                cseq,
                70,
                List.of(),
                List.of(),
                NameAddr.of(contact()),
                Map.of("expires", Integer.toString(expires)),
                null,
                "");
        transmit(++round, T1, 0);
    }

    private void transmit(long mine, long pause, long waited) {
        SipRequest request = open;
        if (mine != round || request == null) {
            world.timeline.nothing();
            return;
        }
        if (waited >= 64 * T1) {
            world.invariants.broken(ClusterInvariants.NOBODY_HANGS, "phone " + name + ": REGISTER timed out");
            open = null;
            return;
        }
        phone.send(request);
        world.timeline.at(
                world.timeline.micros() + pause, () -> transmit(mine, Math.min(pause * 2, T2), waited + pause));
    }

    void receive(SipResponse response) {
        SipRequest request = open;
        if (request == null || response.cseq() != request.cseq()) {
            return;
        }
        open = null;
        long mine = ++round;
        if (response.status() != 200) {
            world.invariants.broken(
                    ClusterInvariants.BINDING_KEPT, "phone " + name + ": " + response.status() + " to REGISTER");
        } else if (wanted > 0) {
            boolean listed = response.headers().getOrDefault("contact", "").contains(contact());
            if (!listed) {
                world.invariants.broken(
                        ClusterInvariants.BINDING_KEPT, "phone " + name + ": its 200 does not list its contact");
            }
            promisedUntil = world.timeline.micros() + (EXPIRES - 1) * 1_000_000L;
            world.timeline.at(world.timeline.micros() + REFRESH, () -> refresh(mine));
        }
    }

    private void refresh(long mine) {
        if (mine == round && !over) {
            ask(EXPIRES);
        } else {
            world.timeline.nothing();
        }
    }

    /** The registrar's form of it. */
    static RegisterRequest read(SipRequest request, Flow flow) {
        NameAddr contact = request.contact();
        int expires = Integer.parseInt(request.headers().getOrDefault("expires", "-1"));
        List<ContactRequest> contacts =
                contact == null ? List.of() : List.of(new ContactRequest(contact.uri(), expires, 1, "", 0));
        return new RegisterRequest(request.to().user(), request.callId(), request.cseq(), contacts, false, flow);
    }

    static Map<String, String> headers(RegisterReply reply) {
        if (reply.bindings().isEmpty()) {
            return Map.of();
        }
        var text = new StringBuilder();
        reply.bindings().forEach(view -> text.append(view.uri()).append(' '));
        return Map.of("contact", text.toString());
    }

    int service() {
        return service;
    }
}
