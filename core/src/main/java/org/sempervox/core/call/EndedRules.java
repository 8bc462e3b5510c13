package org.sempervox.core.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.call.CallEffect.AcknowledgeMedia;
import org.sempervox.core.call.CallEffect.Finish;
import org.sempervox.core.call.CallEvent.AnsweredLate;
import org.sempervox.core.call.CallEvent.LegEnded;
import org.sempervox.core.call.CallEvent.RecordStored;
import org.sempervox.core.call.CallState.Ended;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** After the end: repeated messages get their answers again until nobody can ask any more and everything owed is done. */
final class EndedRules {
    private final CallMessages messages;

    private final CallOwed owed;

    EndedRules(CallMessages messages, CallOwed owed) {
        this.messages = messages;
        this.owed = owed;
    }

    /** What is still owed. */
    interface Open extends Supplier<List<String>> {}

    Decision decide(Ended ended, CallMemory memory, CallCommand command, Open open) {
        return switch (command) {
            case PlaceCall place -> repeated(ended, memory, place);
            case ReportRequest request -> request(ended, memory, request);
            case ReportResponse response -> response(ended, memory, response);
            case ReportTransactionFailure failure -> failure(ended, memory, failure);
            case ReportMedia media -> media(ended, memory, media.report());
            case ReportRecordStored stored ->
                ended.recorded() ? Decision.ignore(memory) : Decision.store(memory, new RecordStored(stored.at()));
            case ReportSlotReleased released -> Decision.ignore(memory.proving("slot/" + released.extension()));
            case ReachDeadline deadline -> deadline(ended, memory, deadline.at(), open);
            case ReportRestart _ -> Decision.ignore(memory);
            case MoveAddress move -> Decision.ignore(memory.moved(move.service()));
            case ReportPreparation prepared -> prepared(ended, memory, prepared);
            case ReportCancel cancel ->
                Decision.only(memory, messages.respond(ReplyRecipe.of(cancel.request(), cancel.flow()), 0, 200));
            case EndCall _ -> Decision.ignore(memory);
        };
    }

    /** The look-up of a repeated INVITE came after the end: what it took is given back, also what was given back before. */
    private static Decision prepared(Ended ended, CallMemory memory, ReportPreparation prepared) {
        CallMemory next = memory;
        for (String slot : prepared.slots()) {
            next = next.doubting("slot/" + slot);
        }
        if (prepared.lease() != null) {
            next = next.doubting("release");
        }
        return CallMachine.surplus(ended.origin(), next, prepared);
    }

    private Decision repeated(Ended ended, CallMemory memory, PlaceCall place) {
        ReplyRecipe recipe = ReplyRecipe.of(place.invite(), place.flow());
        if (!ended.origin().invite().matches(place.invite())) {
            return Decision.only(memory, messages.respond(recipe, 0, 482));
        }
        return ended.callerWaits()
                ? Decision.only(memory, messages.respond(ended.origin().invite(), 0, ended.status()))
                : Decision.ignore(memory);
    }

    private Decision request(Ended ended, CallMemory memory, ReportRequest command) {
        SipRequest request = command.request();
        int leg = command.leg();
        if (request.method().equals("ACK")) {
            boolean first =
                    leg == 0 && request.cseq() == ended.origin().invite().cseq();
            CallMemory known = first ? memory.proving(ended.callerWaits() ? "final" : "answer") : memory;
            return Decision.ignore(known.proving(CallOwed.key("reply", leg, request.cseq())));
        }
        ReplyRecipe recipe = ReplyRecipe.of(request, command.flow());
        boolean known = leg == 0
                ? ended.caller().callId().equals(request.callId())
                : ended.legs().containsKey(leg);
        if (request.method().equals("BYE") && known) {
            // Both sides hung up, or the BYE is repeated: ours needs no answer any more.
            return Decision.only(memory.proving("bye/" + leg), messages.respond(recipe, leg, 200));
        }
        Talking talked = ended.talked();
        if (request.method().equals("INVITE") && talked != null && lastOffer(talked.exchange(), leg, recipe)) {
            return owed.lastReply(talked)
                    .map(reply -> Decision.only(memory, reply))
                    .orElse(Decision.ignore(memory));
        }
        return Decision.only(memory, messages.respond(recipe, leg, 481));
    }

    /** The re-INVITE that was under way when the call ended, repeated because its final answer was lost. */
    private static boolean lastOffer(Exchange exchange, int leg, ReplyRecipe invite) {
        return switch (exchange) {
            case Exchange.None _, Exchange.Probing _ -> false;
            case Exchange.Offered offered ->
                offered.from() == leg && offered.invite().cseq() == invite.cseq();
            case Exchange.Answered answered ->
                answered.from() == leg && answered.invite().cseq() == invite.cseq();
        };
    }

    private Decision response(Ended ended, CallMemory memory, ReportResponse command) {
        SipResponse response = command.response();
        if (response.method().equals("BYE")) {
            // 200; 481 and 408 count as done too (S5).
            return Decision.ignore(response.status() < 200 ? memory : memory.proving("bye/" + command.leg()));
        }
        if (command.leg() == 0 && response.method().equals("INVITE")) {
            return offerResponse(ended, memory, 0, response);
        }
        Leg leg = ended.legs().get(command.leg());
        if (leg == null
                || !response.method().equals("INVITE")
                || !response.callId().equals(leg.dialog().callId())) {
            return Decision.ignore(memory);
        }
        if (response.cseq() != 1) {
            return offerResponse(ended, memory, leg.number(), response);
        }
        if (response.status() < 200) {
            return Decision.ignore(memory.hearing(leg.number()));
        }
        if (response.status() >= 300) {
            boolean waiting = leg.stage() == Leg.Stage.CANCELLING || leg.stage() == Leg.Stage.INVITING;
            Decision decision = waiting
                    ? Decision.store(memory, new LegEnded(command.at(), leg.number(), response.status()))
                    : Decision.ignore(memory);
            return decision.then(messages.ackRefusal(leg.number(), leg.dialog(), response));
        }
        return switch (leg.stage()) {
            case INVITING, CANCELLING ->
                Decision.store(
                        memory,
                        new AnsweredLate(
                                command.at(),
                                leg.number(),
                                response.to().tag(),
                                response.contact(),
                                response.recordRoute()));
            case ANSWERED -> Decision.only(memory, firstAcknowledgement(ended, leg));
            case LATE -> Decision.only(memory, messages.ack(leg.number(), leg.dialog(), 1, ""));
            case ENDED -> Decision.ignore(memory);
        };
    }

    private CallEffect firstAcknowledgement(Ended ended, Leg leg) {
        return Optional.ofNullable(ended.talked())
                .flatMap(owed::firstAcknowledgement)
                .orElseGet(() -> messages.ack(leg.number(), leg.dialog(), 1, ""));
    }

    /** The answer to a re-INVITE that the end overtook is acknowledged (RFC 3261 §13.2.2.4). */
    private Decision offerResponse(Ended ended, CallMemory memory, int leg, SipResponse response) {
        Talking talked = ended.talked();
        boolean ours = talked != null
                && (leg == 0 || leg == talked.answeredBy())
                && talked.dialog(leg).callId().equals(response.callId());
        if (talked == null || !ours || response.status() < 200) {
            return Decision.ignore(memory);
        }
        Dialog dialog = talked.dialog(leg);
        if (response.status() >= 300) {
            return Decision.only(memory, messages.ackRefusal(leg, dialog, response));
        }
        boolean answered = talked.exchange() instanceof Exchange.Answered last
                && last.seq() == response.cseq()
                && talked.peer(last.from()) == leg;
        return Decision.only(
                memory,
                answered
                        ? owed.acknowledgement(talked, (Exchange.Answered) talked.exchange())
                        : messages.ack(leg, dialog, response.cseq(), ""));
    }

    private static Decision failure(Ended ended, CallMemory memory, ReportTransactionFailure failure) {
        if (failure.method().equals("BYE")) {
            return Decision.ignore(memory.proving("bye/" + failure.leg()));
        }
        Leg leg = ended.legs().get(failure.leg());
        return failure.method().equals("INVITE") && leg != null && leg.stage() == Leg.Stage.CANCELLING
                ? Decision.store(memory, new LegEnded(failure.at(), failure.leg(), failure.status()))
                : Decision.ignore(memory);
    }

    private static Decision media(Ended ended, CallMemory memory, MediaReport report) {
        var lease = ended.origin().lease();
        return switch (report) {
            case MediaReport.Released _ -> Decision.ignore(memory.proving("release"));
            case MediaReport.TimedOut silent
            when lease != null ->
                Decision.only(memory, new AcknowledgeMedia(silent.session(), lease.service(), silent.number()));
            case MediaReport.TimedOut _,
                    MediaReport.Leased _,
                    MediaReport.LeaseRefused _,
                    MediaReport.PlanApplied _,
                    MediaReport.PlanRefused _ -> Decision.ignore(memory);
        };
    }

    private static Decision deadline(Ended ended, CallMemory memory, Instant now, Open open) {
        if (now.isBefore(Deadlines.lingered(ended))) {
            return Decision.ignore(memory);
        }
        Decision decision = Decision.ignore(memory);
        for (Leg leg : ended.legs().values()) {
            if (leg.stage() == Leg.Stage.CANCELLING) {
                decision = decision.and(new LegEnded(now, leg.number(), 408));
            }
        }
        boolean patient = now.isBefore(Deadlines.patient(ended));
        boolean done =
                ended.recorded() && decision.events().isEmpty() && (open.get().isEmpty() || !patient);
        return done ? decision.then(new Finish()) : decision;
    }
}
