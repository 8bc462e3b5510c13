package org.sempervox.core.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;

/** Facts of a call, kept in the journal. The names below are frozen; {@code node} is the node that decided. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@e")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallEvent.Placed.class, name = "call.placed"),
    @JsonSubTypes.Type(value = CallEvent.LegEnded.class, name = "call.leg-ended"),
    @JsonSubTypes.Type(value = CallEvent.Forwarded.class, name = "call.forwarded"),
    @JsonSubTypes.Type(value = CallEvent.Rung.class, name = "call.rung"),
    @JsonSubTypes.Type(value = CallEvent.Answered.class, name = "call.answered"),
    @JsonSubTypes.Type(value = CallEvent.AnsweredLate.class, name = "call.answered-late"),
    @JsonSubTypes.Type(value = CallEvent.Offered.class, name = "call.offered"),
    @JsonSubTypes.Type(value = CallEvent.OfferAnswered.class, name = "call.offer-answered"),
    @JsonSubTypes.Type(value = CallEvent.OfferAcknowledged.class, name = "call.offer-acknowledged"),
    @JsonSubTypes.Type(value = CallEvent.Probed.class, name = "call.probed"),
    @JsonSubTypes.Type(value = CallEvent.LegProved.class, name = "call.leg-proved"),
    @JsonSubTypes.Type(value = CallEvent.Ended.class, name = "call.ended"),
    @JsonSubTypes.Type(value = CallEvent.RecordStored.class, name = "call.record-stored"),
    @JsonSubTypes.Type(value = CallEvent.Settled.class, name = "call.settled")
})
public sealed interface CallEvent {
    Instant at();

    /**
     * An authenticated INVITE was taken (S2): everything that the way on needs.
     *
     * @param offer the caller's SDP; empty for a delayed offer
     * @param lease null when no ports were to be had (the call ends at once)
     * @param slots extensions whose limit of calls counts this call (S7)
     * @param ring null when nothing rings (the call ends at once or is forwarded)
     */
    record Placed(
            Instant at,
            String node,
            String caller,
            String dialled,
            Dialog dialog,
            ReplyRecipe invite,
            String offer,
            @Nullable MediaLease lease,
            List<String> slots,
            @Nullable Ring ring)
            implements CallEvent {}

    /** A called phone's INVITE got its final answer, a refusal; or none in time (408). */
    record LegEnded(Instant at, int leg, int status) implements CallEvent {}

    /** The round of ringing is over; another number is tried. */
    record Forwarded(Instant at, String to, int status) implements CallEvent {}

    /** The next round of ringing. */
    record Rung(Instant at, String node, Ring ring, List<String> slots) implements CallEvent {}

    /** The first phone answered. {@code answer} is its SDP (an offer if the caller sent none). */
    record Answered(
            Instant at,
            String node,
            int leg,
            @Nullable String remoteTag,
            @Nullable NameAddr contact,
            List<NameAddr> recordRoute,
            String answer,
            @Nullable Instant ringAt)
            implements CallEvent {}

    /** Another phone answered although its INVITE was being cancelled: it gets ACK and BYE (S14). */
    record AnsweredLate(
            Instant at,
            int leg,
            @Nullable String remoteTag,
            @Nullable NameAddr contact,
            List<NameAddr> recordRoute) implements CallEvent {}

    /** A re-INVITE was taken from a leg and goes to the other. {@code offer} is empty for a delayed offer. */
    record Offered(
            Instant at,
            String node,
            int leg,
            ReplyRecipe invite,
            @Nullable NameAddr contact,
            String offer) implements CallEvent {}

    /** The other leg's final answer to it. */
    record OfferAnswered(Instant at, int status, @Nullable NameAddr contact, String answer) implements CallEvent {}

    /** The SDP in an ACK: the answer to a delayed offer of the call (leg 0, no exchange running) or of a re-INVITE. */
    record OfferAcknowledged(Instant at, int leg, String answer) implements CallEvent {}

    /** The cluster had stood still since {@code aliveAt}: both legs are asked whether they are still there (S29). */
    record Probed(Instant at, String node, Instant aliveAt) implements CallEvent {}

    /** A leg is still there. {@code answer} is its SDP; empty if it refused the question. */
    record LegProved(Instant at, int leg, @Nullable NameAddr contact, String answer) implements CallEvent {}

    /**
     * The call is over.
     *
     * @param status what a caller who still waits gets; 200 for the end of an answered call
     * @param bye the BYE to answer; null if none
     * @param flow where the ending leg's packets came from; null if none
     * @param aliveAt when the call was last known to be in progress, if that is all that is known of its end (S29); else null
     */
    record Ended(
            Instant at,
            String node,
            EndedBy by,
            int byLeg,
            int status,
            @Nullable ReplyRecipe bye,
            @Nullable Flow flow,
            @Nullable Instant ringAt,
            @Nullable Instant aliveAt)
            implements CallEvent {
        Ended(
                Instant at,
                String node,
                EndedBy by,
                int byLeg,
                int status,
                @Nullable ReplyRecipe bye,
                @Nullable Flow flow,
                @Nullable Instant ringAt) {
            this(at, node, by, byLeg, status, bye, flow, ringAt, null);
        }
    }

    record RecordStored(Instant at) implements CallEvent {}

    /** The call is handed over to another node in order (S30): what needs not be brought about again there. */
    record Settled(Instant at, List<String> proved) implements CallEvent {}
}
