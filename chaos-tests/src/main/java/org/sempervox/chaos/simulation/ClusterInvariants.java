package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.SipRequest;

/** What must hold after each step of a cluster's story, each with a stable name; {@link ClusterVerdict} has what must hold at its end. */
final class ClusterInvariants {
    static final String CALL_KEPT = "call-kept";
    static final String NOBODY_HANGS = Invariants.NOBODY_HANGS;
    static final String ONE_RECORD = Invariants.ONE_RECORD;
    static final String TRUE_RECORD = Invariants.TRUE_RECORD;
    static final String RISING_CSEQ = Invariants.RISING_CSEQ;
    static final String ONE_BRANCH = Invariants.ONE_BRANCH;
    static final String RINGS_ONCE = Invariants.RINGS_ONCE;
    static final String MEDIA_RELEASED = Invariants.MEDIA_RELEASED;
    static final String MEDIA_PLAN = Invariants.MEDIA_PLAN;
    static final String SLOTS_RELEASED = Invariants.SLOTS_RELEASED;
    static final String POSSIBLE = "possible";
    static final String ONE_WRITER = "one-writer";
    static final String FENCED_SILENT = "fenced-silent";
    static final String ONE_SPEAKER = "one-speaker";
    static final String OLD_EPOCH = "old-epoch";
    static final String STORED_FIRST = "stored-first";
    static final String BINDING_KEPT = "binding-kept";

    /** An orderly move of an address: the node that gives it up may learn of it later than the one that takes it. */
    private static final long HAND_OVER = 500_000;

    private final ClusterWorld world;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Map<Long, String>> inviteBranches = new HashMap<>();
    private final Map<String, SipRequest> lastRequests = new HashMap<>();
    private final Map<Integer, long[]> spoken = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Map<String, Set<String>> writers = new HashMap<>();

    ClusterInvariants(ClusterWorld world) {
        this.world = world;
    }

    List<Violation> violations() {
        return violations;
    }

    Set<String> finished() {
        return finished;
    }

    void broken(String invariant, String detail) {
        if (violations.stream().noneMatch(old -> old.invariant().equals(invariant))) {
            violations.add(new Violation(invariant, detail));
            world.note(() -> "VIOLATED " + invariant + ": " + detail);
        }
    }

    /** Every packet when it is sent. */
    void sent(Packet packet) {
        boolean ours = packet.from().startsWith("10.0.0.");
        if (!ours || !(packet instanceof Packet.Asking asking)) {
            return;
        }
        SipRequest request = asking.request();
        String method = request.method();
        if (method.equals("INVITE")) {
            String before = inviteBranches
                    .computeIfAbsent(request.callId(), key -> new HashMap<>())
                    .putIfAbsent(request.cseq(), request.branch());
            if (before != null && !before.equals(request.branch())) {
                broken(ONE_BRANCH, "INVITE " + request.cseq() + " with " + before + " and " + request.branch());
            }
        }
        if (method.equals("ACK") || method.equals("CANCEL")) {
            return;
        }
        SipRequest last = lastRequests.get(request.callId());
        if (last == null || request.cseq() > last.cseq()) {
            lastRequests.put(request.callId(), request);
        } else if (request.cseq() == last.cseq() && !method.equals(last.method())) {
            broken(RISING_CSEQ, method + " and " + last.method() + " both with CSeq " + request.cseq());
        } else if (request.cseq() < last.cseq() && !method.equals("INVITE")) {
            broken(RISING_CSEQ, method + " " + request.cseq() + " after " + last.method() + " " + last.cseq());
        }
    }

    /** A call wants a message sent: everything that its state is made of must be in the store (S3). */
    void decided(NodeCall call, Outbound message) {
        int events = world.store.events("Call|" + call.id());
        if (events < call.stored()) {
            broken(
                    STORED_FIRST,
                    world.label(call.id()) + " speaks with " + call.stored() + " events, " + events + " are stored");
        } else if (events == 0 && message instanceof Outbound.Request) {
            broken(STORED_FIRST, world.label(call.id()) + " calls before anything is stored");
        }
    }

    /** An edge passes a message on: no older incarnation of a call after a newer one (S21). */
    void spoke(Outbound message) {
        long newest = epochs.merge(message.call() + message.flow().service(), message.epoch(), Math::max);
        if (message.epoch() < newest) {
            broken(OLD_EPOCH, world.label(message.call()) + ": an incarnation that was replaced speaks");
        }
    }

    /** A node sends from a service address. */
    void speaks(SimulatedNode node, int service) {
        if (node.removed()) {
            broken(FENCED_SILENT, node.process() + " speaks although it is no member any more");
        }
        long term = node.term(service);
        long now = world.timeline.micros();
        long[] newest = spoken.computeIfAbsent(service, key -> new long[] {term, now});
        if (term > newest[0]) {
            newest[0] = term;
            newest[1] = now;
        } else if (term < newest[0] && now - newest[1] > HAND_OVER) {
            broken(ONE_SPEAKER, node.process() + " speaks from address " + service + ", which another one serves");
        }
    }

    /** An event is about to be added to a history. */
    void stored(String id, List<SimulatedStore.Stored> history, String writer) {
        String last = history.isEmpty() ? writer : history.getLast().writer();
        Set<String> replaced = writers.computeIfAbsent(id, key -> new HashSet<>());
        if (!last.equals(writer)) {
            replaced.add(last);
        }
        if (replaced.contains(writer)) {
            broken(ONE_WRITER, id + ": " + writer + " writes after it was replaced");
        }
    }

    /** A number was looked up: every phone that the cluster has promised to know must be among what is found. */
    void routed(SimulatedNode node, String dialled, Destination found) {
        for (PhoneRegistration registration : world.registrations.values()) {
            boolean promised =
                    registration.extension().equals(dialled) && registration.promisedUntil() > world.timeline.micros();
            boolean there = found instanceof Destination.Ring ring
                    && ring.targets().stream().anyMatch(target -> target.uri().equals(registration.contact()));
            if (promised && !there && !node.catchesUp() && !node.cutOff()) {
                broken(BINDING_KEPT, node.process() + " does not know " + registration.contact());
            }
        }
    }

    /** A call has ended its life. */
    void finished(String id, List<String> open) {
        finished.add(id);
        if (!open.isEmpty()) {
            broken(NOBODY_HANGS, world.label(id) + " ended owing " + open);
        }
    }
}
