package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sempervox.chaos.simulation.story.Line;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.core.call.CallState;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.media.relay.RelayKey;

/** What must hold when a story is over and nothing happens any more. */
final class ClusterVerdict {
    private final ClusterWorld world;
    private final Duration tolerance;

    /** Every dialog of the phones by the call it belongs to; the caller's first. */
    private final Map<String, List<PhoneDialog>> dialogs = new HashMap<>();

    ClusterVerdict(ClusterWorld world, Story story) {
        this.world = world;
        boolean trouble = story.lines().stream().anyMatch(ClusterVerdict::troubles);
        this.tolerance = Duration.ofMillis(trouble ? 15_000 + story.end() / 4 : 400);
    }

    private static boolean troubles(Line line) {
        return switch (line) {
            case Line.Phone _, Line.Extension _ -> false;
            case Line.Action action -> action.verb() == Line.Verb.UNPLUGGED;
            case Line.NodeFault _, Line.StoreFault _, Line.Sky _, Line.Fate _ -> true;
        };
    }

    void check(boolean quiet) {
        ClusterInvariants invariants = world.invariants;
        if (!quiet) {
            invariants.broken(ClusterInvariants.NOBODY_HANGS, "still busy: " + busy());
        }
        for (NodeCall call : world.membership.calls()) {
            if (call.live()) {
                invariants.broken(ClusterInvariants.NOBODY_HANGS, world.label(call.id()) + " still " + call.text());
            }
        }
        world.phones.forEach(this::phone);
        sort();
        world.store.records().forEach(this::record);
        dialogs.forEach(this::call);
        media();
    }

    private String busy() {
        return world.membership.calls().stream().map(NodeCall::text).toList().toString();
    }

    private void phone(String name, SimulatedPhone phone) {
        boolean refused = world.phones.values().stream()
                .flatMap(one -> one.dialogs.stream())
                .anyMatch(ClusterVerdict::refusedMeanwhile);
        if (!phone.idle()) {
            world.invariants.broken(ClusterInvariants.NOBODY_HANGS, "phone " + phone.end() + " is not idle");
        }
        for (String complaint : phone.complaints) {
            // A call that is over although its caller's description never came is acknowledged without one, then ended.
            boolean excused = complaint.startsWith("481 to BYE")
                    || complaint.equals("ACK without an answer")
                    || refused && complaint.equals("no ACK to 200");
            if (!excused) {
                world.invariants.broken(ClusterInvariants.NOBODY_HANGS, "phone " + name + ": " + complaint);
            }
        }
        if (!phone.rangAgain.isEmpty()) {
            world.invariants.broken(ClusterInvariants.RINGS_ONCE, "phone " + name + " rang twice for one call");
        }
    }

    /** By call: a caller's dialog names it, a called phone's carries its first letters in our tag. */
    private void sort() {
        for (SimulatedPhone phone : world.phones.values()) {
            for (PhoneDialog dialog : phone.dialogs) {
                if (dialog.caller) {
                    String id = ClusterWorld.KEYS.callId(dialog.callId, dialog.localTag, 1);
                    dialogs.computeIfAbsent(id, key -> new ArrayList<>()).addFirst(dialog);
                } else {
                    String tag = dialog.remoteTag;
                    world.leg(tag)
                            .ifPresent(leg -> dialogs.computeIfAbsent(leg.call(), key -> new ArrayList<>())
                                    .add(dialog));
                }
            }
        }
        for (String id : dialogs.keySet()) {
            List<CallRecord> records = world.store.records().getOrDefault(id, List.of());
            if (records.size() != 1 && world.store.events("Call|" + id) > 0) {
                world.invariants.broken(
                        ClusterInvariants.ONE_RECORD, world.label(id) + ": " + records.size() + " records");
            }
        }
    }

    private void record(String id, List<CallRecord> records) {
        List<PhoneDialog> parties = dialogs.getOrDefault(id, List.of());
        if (records.size() != 1 || parties.isEmpty()) {
            world.invariants.broken(
                    ClusterInvariants.ONE_RECORD,
                    world.label(id) + ": " + records.size() + " records, " + parties.size() + " phones");
            return;
        }
        CallRecord record = records.getFirst();
        PhoneDialog caller = parties.getFirst();
        String said = record.sipCause() + " by " + record.endedBy() + (record.answerAt() == null ? "" : " answered");
        if (!record.caller().equals(caller.local.user()) || !record.called().equals(caller.remote.user())) {
            untrue(id, record.caller() + " called " + record.called());
        }
        boolean answered = parties.stream().anyMatch(party -> !party.caller && party.answered);
        if (record.answerAt() != null && !answered) {
            untrue(id, said + ", and no phone answered");
        }
        if (record.answerAt() != null && !caller.answered && !refusedMeanwhile(caller)) {
            untrue(id, said + ", and the caller does not know it: " + caller.text());
        }
        if (record.endedBy().equals("caller") && !caller.end.startsWith("hung-up") && !caller.end.contains("487")) {
            untrue(id, said + ", and the caller: " + caller.text());
        }
        if (record.answerAt() != null && !refusedMeanwhile(caller)) {
            duration(id, record, parties);
            alone(id, record, parties);
        } else if (caller.answered) {
            untrue(id, said + ", and the caller talked");
        }
    }

    /**
     * Known: while the store does not answer, an edge that has just taken an address over refuses with 503 the repetition of an INVITE
     * that the edge before it had passed on to its call.
     */
    private static boolean refusedMeanwhile(PhoneDialog caller) {
        return caller.end.equals("refused 503");
    }

    private void untrue(String id, String detail) {
        world.invariants.broken(ClusterInvariants.TRUE_RECORD, world.label(id) + ": " + detail);
    }

    /** Who is still in a call that is over has not been told. */
    private void alone(String id, CallRecord record, List<PhoneDialog> parties) {
        for (PhoneDialog party : parties) {
            java.time.Instant ended = party.endedAt;
            if (party.answered && ended != null && ended.isAfter(record.endAt().plus(tolerance))) {
                world.invariants.broken(
                        ClusterInvariants.NOBODY_HANGS,
                        world.label(id) + " was over at " + record.endAt() + ", " + party.local.user() + " left at "
                                + ended);
            }
        }
    }

    private void duration(String id, CallRecord record, List<PhoneDialog> parties) {
        Duration said = Duration.ofMillis(record.durationMs());
        var talks = new ArrayList<Duration>();
        for (PhoneDialog party : parties) {
            party.talked().ifPresent(talks::add);
        }
        boolean near = talks.stream().anyMatch(talk -> said.minus(talk).abs().compareTo(tolerance) <= 0);
        if (!near) {
            untrue(id, "duration " + said + ", phones talked " + talks);
        }
    }

    /** Two who talked with each other were parted by one of them. */
    private void call(String id, List<PhoneDialog> parties) {
        PhoneDialog caller = parties.getFirst();
        if (!caller.caller || !caller.answered) {
            return;
        }
        boolean wanted = parties.stream().anyMatch(party -> party.end.startsWith("hung-up"));
        if (!wanted) {
            world.invariants.broken(
                    ClusterInvariants.CALL_KEPT,
                    world.label(id) + ": nobody hung up, "
                            + parties.stream().map(PhoneDialog::text).toList());
        }
    }

    /** While people talk, the media node of their address relays what their call wants. */
    static void talking(ClusterWorld world) {
        for (NodeCall call : world.membership.calls()) {
            CallState.Talking talking = call.settled();
            MediaLease lease = talking == null ? null : talking.origin().lease();
            if (talking == null || lease == null) {
                continue;
            }
            MediaPlan relayed = world.membership
                    .speaker(lease.service())
                    .map(node -> node.media().relayed(new RelayKey(call.id(), lease.service())))
                    .orElse(null);
            if (relayed == null || relayed.version() != talking.plan()) {
                world.invariants.broken(
                        ClusterInvariants.MEDIA_PLAN,
                        world.label(call.id()) + " wants plan " + talking.plan() + ", relayed is " + relayed);
            }
        }
    }

    private void media() {
        for (SimulatedNode node : world.membership.all()) {
            if (!node.gone() && !node.media().opened().isEmpty()) {
                world.invariants.broken(
                        ClusterInvariants.MEDIA_RELEASED,
                        node.process() + " still relays " + node.media().opened());
            }
            node.extensions.forEach((number, extension) -> {
                // Known (docs/status.md): a slot reserved for a node that died before it placed the call is not given
                // back.
                List<String> left = extension.state().slots().stream()
                        .filter(call -> world.store.holds("Call|" + call, number))
                        .toList();
                if (!node.gone() && !left.isEmpty()) {
                    world.invariants.broken(
                            ClusterInvariants.SLOTS_RELEASED, "extension " + number + " still counts " + left);
                }
            });
        }
    }
}
