package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaLease;

/**
 * Where a call stands. One record per phase; rebuilt from events alone.
 *
 * <pre>
 * Idle --placed--> Setup --answered--> Talking --ended--> Ended
 *                    \------------ended-----------------/
 * </pre>
 */
public sealed interface CallState {
    /** T1 × 64 (RFC 3261 §17.1.1.2): how long a peer may still repeat or expect something. */
    Duration LINGER = Duration.ofSeconds(32);

    record Idle() implements CallState {}

    /**
     * What stays the same through the phases.
     *
     * @param settled keys of what was proved when the call was last handed over in order
     * @param probedFor up to when the cluster had lived that the call's legs were asked about last (S29); null if never
     */
    record Origin(
            Instant placedAt,
            String caller,
            String dialled,
            ReplyRecipe invite,
            String offer,
            @Nullable MediaLease lease,
            List<String> slots,
            List<String> nodes,
            List<String> settled,
            @Nullable Instant probedFor) {
        public Origin {
            slots = List.copyOf(slots);
            settled = List.copyOf(settled);
            nodes = List.copyOf(nodes);
        }

        Origin on(String node) {
            if (nodes.contains(node)) {
                return this;
            }
            var all = new java.util.ArrayList<>(nodes);
            all.add(node);
            return new Origin(placedAt, caller, dialled, invite, offer, lease, slots, all, settled, probedFor);
        }

        Origin holding(List<String> more) {
            var all = new java.util.LinkedHashSet<>(slots);
            all.addAll(more);
            return new Origin(
                    placedAt, caller, dialled, invite, offer, lease, List.copyOf(all), nodes, settled, probedFor);
        }

        Origin settling(List<String> keys) {
            return new Origin(placedAt, caller, dialled, invite, offer, lease, slots, nodes, keys, probedFor);
        }

        Origin probing(Instant aliveAt) {
            return new Origin(placedAt, caller, dialled, invite, offer, lease, slots, nodes, settled, aliveAt);
        }

        boolean delayedOffer() {
            return offer.isEmpty();
        }
    }

    /**
     * Placed and not yet answered.
     *
     * @param ring the present round; null if nothing rings
     * @param forward number being tried next; null if none
     * @param hops forwards so far
     */
    record Setup(
            Origin origin,
            Dialog caller,
            SortedMap<Integer, Leg> legs,
            @Nullable Ring ring,
            @Nullable String forward,
            int hops,
            List<Integer> refusals)
            implements CallState {
        public Setup {
            legs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(legs));
            refusals = List.copyOf(refusals);
        }

        Setup withOrigin(Origin next) {
            return new Setup(next, caller, legs, ring, forward, hops, refusals);
        }

        boolean anyOpen() {
            return legs.values().stream().anyMatch(Leg::open);
        }
    }

    /**
     * Established.
     *
     * @param answeredBy leg number
     * @param acknowledged SDP in the caller's ACK if its INVITE had none; empty until it came
     * @param callerSdp last SDP of the caller; empty until the ACK of a delayed offer
     * @param calleeSdp last SDP of the callee
     * @param callerVersion how many descriptions the caller has been sent, likewise calleeVersion
     * @param plan version of the media plan
     */
    record Talking(
            Origin origin,
            Dialog caller,
            SortedMap<Integer, Leg> legs,
            int answeredBy,
            Instant answeredAt,
            @Nullable Instant ringAt,
            String answer,
            String acknowledged,
            String callerSdp,
            String calleeSdp,
            int callerVersion,
            int calleeVersion,
            int plan,
            Exchange exchange)
            implements CallState {
        public Talking {
            legs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(legs));
        }

        Leg callee() {
            return java.util.Objects.requireNonNull(legs.get(answeredBy));
        }

        /** A request of the caller after its INVITE proves that it has our 2xx. */
        boolean callerSpoke() {
            return caller.remoteSeq() > origin.invite().cseq();
        }

        Dialog dialog(int leg) {
            return leg == 0 ? caller : callee().dialog();
        }

        int peer(int leg) {
            return leg == 0 ? answeredBy : 0;
        }

        Talking withDialog(int leg, Dialog changed) {
            if (leg == 0) {
                return new Talking(
                        origin,
                        changed,
                        legs,
                        answeredBy,
                        answeredAt,
                        ringAt,
                        answer,
                        acknowledged,
                        callerSdp,
                        calleeSdp,
                        callerVersion,
                        calleeVersion,
                        plan,
                        exchange);
            }
            var next = new TreeMap<>(legs);
            next.computeIfPresent(leg, (number, old) -> old.with(changed));
            return new Talking(
                    origin,
                    caller,
                    next,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    callerSdp,
                    calleeSdp,
                    callerVersion,
                    calleeVersion,
                    plan,
                    exchange);
        }

        Talking withExchange(Exchange next) {
            return new Talking(
                    origin,
                    caller,
                    legs,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    callerSdp,
                    calleeSdp,
                    callerVersion,
                    calleeVersion,
                    plan,
                    next);
        }

        Talking withLegs(SortedMap<Integer, Leg> next) {
            return new Talking(
                    origin,
                    caller,
                    next,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    callerSdp,
                    calleeSdp,
                    callerVersion,
                    calleeVersion,
                    plan,
                    exchange);
        }

        Talking withOrigin(Origin next) {
            return new Talking(
                    next,
                    caller,
                    legs,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    callerSdp,
                    calleeSdp,
                    callerVersion,
                    calleeVersion,
                    plan,
                    exchange);
        }

        /** After a leg's SDP changed; empty texts leave what was. */
        Talking withSdp(String newCallerSdp, String newCalleeSdp) {
            return new Talking(
                    origin,
                    caller,
                    legs,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    newCallerSdp.isEmpty() ? callerSdp : newCallerSdp,
                    newCalleeSdp.isEmpty() ? calleeSdp : newCalleeSdp,
                    callerVersion,
                    calleeVersion,
                    plan + 1,
                    exchange);
        }

        /** After the ACK that answers a delayed offer of the first INVITE. */
        Talking acknowledging(String sdp) {
            Talking next = withSdp(sdp, "");
            return new Talking(
                    origin,
                    caller,
                    legs,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    sdp,
                    next.callerSdp(),
                    calleeSdp,
                    callerVersion,
                    calleeVersion,
                    next.plan(),
                    exchange);
        }

        /** One more description sent to a leg. */
        Talking described(int leg) {
            return new Talking(
                    origin,
                    caller,
                    legs,
                    answeredBy,
                    answeredAt,
                    ringAt,
                    answer,
                    acknowledged,
                    callerSdp,
                    calleeSdp,
                    leg == 0 ? callerVersion + 1 : callerVersion,
                    leg == 0 ? calleeVersion : calleeVersion + 1,
                    plan,
                    exchange);
        }
    }

    /**
     * Over, with what is still owed.
     *
     * @param talked the call as it was when it ended; null if nobody had answered: then the caller's INVITE gets {@code status}
     * @param byLeg the leg whose BYE or CANCEL ended it; -1 for the system
     * @param bye the BYE to answer; null if none
     * @param aliveAt when it was last known to be in progress, if that is all that is known of its end (S29); else null
     */
    record Ended(
            Origin origin,
            Dialog caller,
            SortedMap<Integer, Leg> legs,
            @Nullable Talking talked,
            Instant endedAt,
            @Nullable Instant ringAt,
            EndedBy by,
            int byLeg,
            int status,
            @Nullable ReplyRecipe bye,
            String lastTried,
            boolean recorded,
            @Nullable Instant aliveAt)
            implements CallState {
        public Ended {
            legs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(legs));
        }

        boolean callerWaits() {
            return talked == null;
        }

        Ended withOrigin(Origin next) {
            return new Ended(
                    next, caller, legs, talked, endedAt, ringAt, by, byLeg, status, bye, lastTried, recorded, aliveAt);
        }

        Ended asRecorded() {
            return new Ended(
                    origin, caller, legs, talked, endedAt, ringAt, by, byLeg, status, bye, lastTried, true, aliveAt);
        }

        Ended withLegs(SortedMap<Integer, Leg> next) {
            return new Ended(
                    origin, caller, next, talked, endedAt, ringAt, by, byLeg, status, bye, lastTried, recorded,
                    aliveAt);
        }
    }
}
