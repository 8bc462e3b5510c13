package org.sempervox.core.call;

import java.time.Instant;
import java.util.Map;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.call.CallEffect.AcknowledgeMedia;
import org.sempervox.core.call.CallEvent.AnsweredLate;
import org.sempervox.core.call.CallEvent.Ended;
import org.sempervox.core.call.CallEvent.LegEnded;
import org.sempervox.core.call.CallEvent.OfferAcknowledged;
import org.sempervox.core.call.CallEvent.OfferAnswered;
import org.sempervox.core.call.CallEvent.Offered;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.Dialog.Order;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.Sdp;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** The established call: re-INVITE passed from leg to leg (RFC 3261 §14, RFC 3264), BYE (§15), late answers of a fork. */
final class TalkingRules {
    private final CallContext context;
    private final CallMessages messages;
    private final CallOwed owed;
    private final ProbeRules probes;

    TalkingRules(CallContext context, CallMessages messages, CallOwed owed) {
        this.context = context;
        this.messages = messages;
        this.owed = owed;
        this.probes = new ProbeRules(context, messages);
    }

    Decision decide(Talking talking, CallMemory memory, CallCommand command) {
        return switch (command) {
            case PlaceCall place -> repeated(talking, memory, place);
            case ReportRequest request -> request(talking, memory, request);
            case ReportResponse response -> response(talking, memory, response);
            case ReportTransactionFailure failure -> failure(talking, memory, failure);
            case ReportMedia media -> media(talking, memory, media);
            case ReachDeadline deadline -> deadline(talking, memory, deadline.at());
            case ReportRestart restart -> probes.restarted(talking, memory, restart);
            case MoveAddress move -> Decision.ignore(memory.moved(move.service()));
            case EndCall end -> Decision.store(memory, over(end.at()));
            case ReportPreparation prepared -> CallMachine.surplus(talking.origin(), memory, prepared);
            // RFC 3261 §9.2: a final response was sent; CANCEL has no effect.
            case ReportCancel cancel ->
                Decision.only(memory, messages.respond(ReplyRecipe.of(cancel.request(), cancel.flow()), 0, 200));
            case ReportRecordStored _, ReportSlotReleased _ -> Decision.ignore(memory);
        };
    }

    private Decision repeated(Talking talking, CallMemory memory, PlaceCall place) {
        return talking.origin().invite().matches(place.invite())
                ? Decision.only(memory, initialAnswer(talking))
                : Decision.only(memory, messages.respond(ReplyRecipe.of(place.invite(), place.flow()), 0, 482));
    }

    private CallEffect initialAnswer(Talking talking) {
        return messages.answer(
                talking.origin().invite(),
                0,
                messages.relayed(talking.answer(), talking.origin().lease(), 0, 1));
    }

    private Decision request(Talking talking, CallMemory memory, ReportRequest command) {
        SipRequest request = command.request();
        int leg = command.leg();
        boolean inCall = leg == 0 || leg == talking.answeredBy();
        var recipe = ReplyRecipe.of(request, command.flow());
        if (!inCall || !talking.dialog(leg).matches(request)) {
            if (request.method().equals("ACK")) {
                return Decision.ignore(memory);
            }
            Leg other = talking.legs().get(leg);
            boolean late = other != null
                    && other.stage() == Leg.Stage.LATE
                    && request.method().equals("BYE");
            return Decision.only(
                    late ? memory.proving("bye/" + leg) : memory, messages.respond(recipe, leg, late ? 200 : 481));
        }
        if (request.method().equals("ACK")) {
            return acknowledged(talking, memory, leg, request, command.at());
        }
        if (talking.dialog(leg).order(request.cseq()) == Order.STALE) {
            // RFC 3261 §12.2.2: out of order.
            return Decision.only(memory, messages.respond(recipe, leg, 500));
        }
        return switch (request.method()) {
            case "BYE" ->
                Decision.store(
                        memory,
                        new Ended(
                                command.at(),
                                context.node(),
                                leg == 0 ? EndedBy.CALLER : EndedBy.CALLEE,
                                leg,
                                200,
                                recipe,
                                command.flow(),
                                memory.ringAt()));
            case "INVITE" -> offer(talking, memory, command, recipe);
            case "OPTIONS" -> Decision.only(memory, messages.respond(recipe, leg, 200));
            default -> Decision.only(memory, messages.respond(recipe, leg, 405));
        };
    }

    private Decision acknowledged(Talking talking, CallMemory memory, int leg, SipRequest ack, Instant at) {
        if (leg == 0 && ack.cseq() == talking.origin().invite().cseq()) {
            CallMemory known = memory.proving("answer");
            boolean awaited =
                    talking.origin().delayedOffer() && talking.acknowledged().isEmpty();
            return awaited && ack.hasSdp()
                    ? Decision.store(known, new OfferAcknowledged(at, 0, ack.body()))
                    : Decision.ignore(known);
        }
        if (!(talking.exchange() instanceof Exchange.Answered answered)
                || answered.from() != leg
                || answered.invite().cseq() != ack.cseq()) {
            return Decision.ignore(memory);
        }
        CallMemory known = memory.proving(CallOwed.key("reply", leg, ack.cseq()));
        boolean awaited = answered.status() < 300
                && answered.delayed()
                && answered.acknowledged().isEmpty();
        return awaited && ack.hasSdp()
                ? Decision.store(known, new OfferAcknowledged(at, leg, ack.body()))
                : Decision.ignore(known);
    }

    /** A re-INVITE: goes to the other leg, unless an exchange is running (491, 500; RFC 3261 §14.2). */
    private Decision offer(Talking talking, CallMemory memory, ReportRequest command, ReplyRecipe recipe) {
        int leg = command.leg();
        if (talking.dialog(leg).order(recipe.cseq()) == Order.REPEATED) {
            return repeatedOffer(talking, memory, leg, recipe);
        }
        SipRequest request = command.request();
        if (request.hasSdp() && Sdp.parse(request.body()).isEmpty()) {
            return Decision.only(memory, messages.respond(recipe, leg, 488));
        }
        return switch (talking.exchange()) {
            case Exchange.Offered running
            when running.from() == leg ->
                Decision.only(memory, messages.respond(recipe, leg, 500, Map.of("retry-after", "3"), ""));
            case Exchange.Offered _, Exchange.Probing _ -> Decision.only(memory, messages.respond(recipe, leg, 491));
            case Exchange.Answered answered
            when blocked(answered, leg, memory, command.at()) ->
                Decision.only(memory, messages.respond(recipe, leg, 491));
            case Exchange.None _
            when (leg != 0
                            || talking.origin().delayedOffer()
                                    && talking.acknowledged().isEmpty())
                    && Deadlines.unacknowledged(talking, memory, command.at()) ->
                Decision.only(memory, messages.respond(recipe, leg, 491));
            // No 100: the answer is on its way in a moment, and a 100 by another node could come after it. A repetition
            // gets one.
            case Exchange.None _, Exchange.Answered _ ->
                Decision.store(
                        memory,
                        new Offered(
                                command.at(),
                                context.node(),
                                leg,
                                recipe,
                                request.contact(),
                                request.hasSdp() ? request.body() : ""));
        };
    }

    /** The other leg has not yet acknowledged the answer to its own re-INVITE; a node that took the call over gave that answer again. */
    private static boolean blocked(Exchange.Answered answered, int leg, CallMemory memory, Instant now) {
        boolean openOffer = answered.status() < 300
                && answered.delayed()
                && answered.acknowledged().isEmpty();
        return (answered.from() != leg || openOffer)
                && now.isBefore(answered.at().plus(CallState.LINGER))
                && !memory.longSettled(answered.at())
                && !memory.proved()
                        .contains(CallOwed.key(
                                "reply", answered.from(), answered.invite().cseq()));
    }

    private Decision repeatedOffer(Talking talking, CallMemory memory, int leg, ReplyRecipe recipe) {
        return switch (talking.exchange()) {
            case Exchange.Offered offered
            when offered.from() == leg -> Decision.only(memory, messages.respond(recipe, leg, 100));
            case Exchange.Answered answered
            when answered.from() == leg && answered.invite().cseq() == recipe.cseq() ->
                Decision.only(memory, owed.reply(talking, answered));
            case Exchange.None _, Exchange.Offered _, Exchange.Probing _, Exchange.Answered _ ->
                Decision.ignore(memory);
        };
    }

    private Decision response(Talking talking, CallMemory memory, ReportResponse command) {
        SipResponse response = command.response();
        int leg = command.leg();
        if (response.method().equals("BYE") && response.status() >= 200) {
            return Decision.ignore(memory.proving("bye/" + leg));
        }
        if (!response.method().equals("INVITE")) {
            return Decision.ignore(memory);
        }
        Leg called = talking.legs().get(leg);
        Dialog dialog = leg == 0 ? talking.caller() : called == null ? null : called.dialog();
        if (dialog == null || !response.callId().equals(dialog.callId())) {
            return Decision.ignore(memory);
        }
        if (called != null && response.cseq() == 1) {
            return firstInvite(talking, memory, called, response, command.at());
        }
        return offerResponse(talking, memory, leg, dialog, response, command.at());
    }

    private Decision firstInvite(Talking talking, CallMemory memory, Leg leg, SipResponse response, Instant at) {
        if (response.status() < 200) {
            return Decision.ignore(memory.hearing(leg.number()));
        }
        if (response.status() >= 300) {
            Decision decision = leg.stage() == Leg.Stage.CANCELLING
                    ? Decision.store(memory, new LegEnded(at, leg.number(), response.status()))
                    : Decision.ignore(memory);
            return decision.then(messages.ackRefusal(leg.number(), leg.dialog(), response));
        }
        return switch (leg.stage()) {
            case ANSWERED ->
                owed.firstAcknowledgement(talking)
                        .map(ack -> Decision.only(memory, ack))
                        .orElse(Decision.ignore(memory))
                        .also(unsaid(talking, memory, at) ? initialAnswer(talking) : null);
            case CANCELLING, INVITING ->
                Decision.store(
                        memory,
                        new AnsweredLate(
                                at, leg.number(), response.to().tag(), response.contact(), response.recordRoute()));
            case LATE -> Decision.only(memory, messages.ack(leg.number(), leg.dialog(), 1, ""));
            case ENDED -> Decision.ignore(memory);
        };
    }

    /**
     * A called phone that still repeats its 2xx has had no ACK: the node before never got to what the answer leads to, so the caller was not
     * told either, however long ago it was stored (docs/decisions/0005).
     */
    private static boolean unsaid(Talking talking, CallMemory memory, Instant now) {
        return memory.longSettled(talking.answeredAt())
                && !talking.callerSpoke()
                && !memory.proved().contains("answer")
                && now.isBefore(talking.answeredAt().plus(CallState.LINGER));
    }

    private Decision offerResponse(
            Talking talking, CallMemory memory, int leg, Dialog dialog, SipResponse response, Instant at) {
        if (response.status() < 200) {
            return Decision.ignore(memory);
        }
        if (talking.exchange() instanceof Exchange.Probing probing && probing.asks(leg, response.cseq())) {
            return probes.answered(memory, probing, leg, dialog, response, at);
        }
        Decision decision = Decision.ignore(memory);
        if (talking.exchange() instanceof Exchange.Offered offered
                && talking.peer(offered.from()) == leg
                && offered.seq() == response.cseq()) {
            String answer = response.status() < 300 && response.hasSdp() ? response.body() : "";
            decision = Decision.store(
                    memory, new OfferAnswered(at, forOfferer(response.status()), response.contact(), answer));
            if (response.status() == 481 || response.status() == 408) {
                // RFC 3261 §12.2.1.2: that dialog is gone.
                decision = decision.and(
                        new Ended(at, context.node(), EndedBy.SYSTEM, -1, 408, null, null, memory.ringAt()));
            }
        } else if (talking.exchange() instanceof Exchange.Answered answered
                && answered.seq() == response.cseq()
                && talking.peer(answered.from()) == leg
                && response.status() < 300
                && (!answered.delayed() || !answered.acknowledged().isEmpty())) {
            return Decision.only(memory, owed.acknowledgement(talking, answered));
        } else if (response.status() < 300 && asked(talking, leg, dialog, response.cseq())) {
            return Decision.only(memory, messages.ack(leg, dialog, response.cseq(), ""));
        }
        return response.status() >= 300 ? decision.then(messages.ackRefusal(leg, dialog, response)) : decision;
    }

    /** A 2xx to an INVITE that was answered before: its ACK was lost, and each 2xx gets one (RFC 3261 §13.2.2.4). */
    private static boolean asked(Talking talking, int leg, Dialog dialog, long cseq) {
        long open = switch (talking.exchange()) {
            case Exchange.None _, Exchange.Probing _ -> 0;
            case Exchange.Offered offered -> talking.peer(offered.from()) == leg ? offered.seq() : 0;
            case Exchange.Answered answered -> talking.peer(answered.from()) == leg ? answered.seq() : 0;
        };
        return cseq <= dialog.localSeq() && cseq != open;
    }

    private static int forOfferer(int status) {
        return status < 300 || status == 491 || status == 488 ? status : FailureTable.toCaller(status);
    }

    private Decision failure(Talking talking, CallMemory memory, ReportTransactionFailure failure) {
        if (failure.method().equals("BYE")) {
            return Decision.ignore(memory.proving("bye/" + failure.leg()));
        }
        if (talking.exchange() instanceof Exchange.Probing probing && probing.asks(failure.leg(), failure.cseq())) {
            return probes.unanswered(memory, probing, failure.at());
        }
        Leg leg = talking.legs().get(failure.leg());
        if (failure.method().equals("INVITE")
                && failure.cseq() == 1
                && leg != null
                && leg.stage() == Leg.Stage.CANCELLING) {
            return Decision.store(memory, new LegEnded(failure.at(), leg.number(), failure.status()));
        }
        boolean offer = talking.exchange() instanceof Exchange.Offered offered
                && talking.peer(offered.from()) == failure.leg()
                && offered.seq() == failure.cseq();
        return offer && failure.method().equals("INVITE")
                ? Decision.store(memory, new OfferAnswered(failure.at(), 480, null, ""))
                : Decision.ignore(memory);
    }

    private Decision media(Talking talking, CallMemory memory, ReportMedia command) {
        return switch (command.report()) {
            case MediaReport.PlanApplied applied -> Decision.ignore(memory.proving("media/" + applied.version()));
            case MediaReport.TimedOut silent -> {
                var lease = talking.origin().lease();
                Decision ended = Decision.store(
                        memory,
                        new Ended(command.at(), context.node(), EndedBy.SYSTEM, -1, 408, null, null, memory.ringAt()));
                yield lease == null
                        ? ended
                        : ended.then(new AcknowledgeMedia(context.id(), lease.service(), silent.number()));
            }
            case MediaReport.Leased _, MediaReport.LeaseRefused _, MediaReport.PlanRefused _, MediaReport.Released _ ->
                Decision.ignore(memory);
        };
    }

    private Decision deadline(Talking talking, CallMemory memory, Instant now) {
        Instant lingered = talking.answeredAt().plus(CallState.LINGER);
        if (Deadlines.silent(talking, memory) && !now.isBefore(lingered)) {
            // RFC 3261 §13.3.1.4: no ACK in 64·T1.
            return Decision.store(memory, over(now));
        }
        Decision decision = Decision.ignore(memory);
        if (talking.exchange() instanceof Exchange.Offered offered
                && !now.isBefore(offered.at().plus(Deadlines.OFFER))) {
            decision = decision.and(new OfferAnswered(now, 480, null, ""));
        }
        if (talking.exchange() instanceof Exchange.Probing probing
                && !now.isBefore(probing.at().plus(Deadlines.OFFER))) {
            return probes.unanswered(memory, probing, now);
        }
        if (!now.isBefore(lingered)) {
            for (Leg leg : talking.legs().values()) {
                if (leg.stage() == Leg.Stage.CANCELLING) {
                    decision = decision.and(new LegEnded(now, leg.number(), 408));
                }
            }
        }
        return decision;
    }

    private Ended over(Instant at) {
        return new Ended(at, context.node(), EndedBy.SYSTEM, -1, 200, null, null, null);
    }
}
