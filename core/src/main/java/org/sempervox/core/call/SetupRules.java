package org.sempervox.core.call;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.call.CallEffect.AcknowledgeMedia;
import org.sempervox.core.call.CallEvent.Answered;
import org.sempervox.core.call.CallEvent.AnsweredLate;
import org.sempervox.core.call.CallEvent.Ended;
import org.sempervox.core.call.CallEvent.Forwarded;
import org.sempervox.core.call.CallEvent.LegEnded;
import org.sempervox.core.call.CallEvent.Rung;
import org.sempervox.core.call.CallState.Setup;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.SipResponse;

/** From the INVITE to the answer: ringing, forking, forwarding, CANCEL (RFC 3261 §9, §13, §16.7). */
final class SetupRules {
    private final CallContext context;
    private final CallMessages messages;

    SetupRules(CallContext context, CallMessages messages) {
        this.context = context;
        this.messages = messages;
    }

    Decision decide(Setup setup, CallMemory memory, CallCommand command) {
        return switch (command) {
            case PlaceCall place -> repeated(setup, memory, place);
            case ReportPreparation prepared ->
                prepared.place() == null
                        ? prepared(setup, memory, prepared)
                        : CallMachine.surplus(setup.origin(), memory, prepared);
            case ReportCancel cancel -> cancelled(setup, memory, cancel);
            case ReportRequest request -> request(setup, memory, request);
            case ReportResponse response -> response(setup, memory, response);
            case ReportTransactionFailure failure ->
                failure.method().equals("INVITE")
                        ? refused(setup, memory, failure.leg(), failure.status(), failure.at())
                        : bye(memory, failure.leg(), failure.method());
            case ReportMedia media -> media(setup, memory, media.report());
            case ReachDeadline deadline -> deadline(setup, memory, deadline.at());
            case ReportRestart _ -> Decision.ignore(memory);
            case MoveAddress move -> moved(setup, memory.moved(move.service()), move.service());
            case EndCall end -> Decision.store(memory, over(end.at(), end.status(), memory));
            case ReportRecordStored _, ReportSlotReleased _ -> Decision.ignore(memory);
        };
    }

    private Decision repeated(Setup setup, CallMemory memory, PlaceCall place) {
        if (!setup.origin().invite().matches(place.invite())) {
            // RFC 3261 §8.2.2.2: the same request on another way.
            return Decision.only(memory, messages.respond(ReplyRecipe.of(place.invite(), place.flow()), 0, 482));
        }
        return Decision.only(memory, progress(setup, memory.progress(), memory.progressSdp()));
    }

    /** What the caller was last told may have been lost with the edge, and after its 100 it does not ask again. */
    private Decision moved(Setup setup, CallMemory memory, int service) {
        boolean told = memory.progress() > 100 && setup.origin().invite().flow().service() == service;
        return told
                ? Decision.only(memory, progress(setup, memory.progress(), memory.progressSdp()))
                : Decision.ignore(memory);
    }

    private CallEffect.Send progress(Setup setup, int status, String sdp) {
        String body = messages.relayed(sdp, setup.origin().lease(), 0, 0);
        return messages.respond(setup.origin().invite(), 0, status, java.util.Map.of(), body);
    }

    private Decision prepared(Setup setup, CallMemory memory, ReportPreparation prepared) {
        if (!Objects.equals(setup.forward(), prepared.dialled())) {
            return CallMachine.surplus(setup.origin(), memory, prepared);
        }
        int firstLeg = setup.legs().isEmpty() ? 1 : setup.legs().lastKey() + 1;
        Ring ring = CallMachine.ring(prepared.destination(), prepared.at(), firstLeg);
        if (ring != null) {
            return Decision.store(memory, new Rung(prepared.at(), context.node(), ring, prepared.slots()));
        }
        Destination.Refuse refuse = (Destination.Refuse) prepared.destination();
        if (CallMachine.mayForward(setup, refuse.forward())) {
            return Decision.store(
                    memory, new Forwarded(prepared.at(), Objects.requireNonNull(refuse.forward()), refuse.status()));
        }
        return Decision.store(memory, over(prepared.at(), refuse.status(), memory));
    }

    /** Its 200 goes out after the store: a caller that has it never repeats the CANCEL (as S3 for INVITE). */
    private Decision cancelled(Setup setup, CallMemory memory, ReportCancel cancel) {
        if (!setup.origin().invite().matches(cancel.request())) {
            return Decision.only(memory, messages.respond(ReplyRecipe.of(cancel.request(), cancel.flow()), 0, 481));
        }
        var ended = new Ended(cancel.at(), context.node(), EndedBy.CALLER, 0, 487, null, null, memory.ringAt());
        return Decision.store(memory, ended)
                .then(messages.respond(ReplyRecipe.of(cancel.request(), cancel.flow()), 0, 200));
    }

    private Decision request(Setup setup, CallMemory memory, ReportRequest command) {
        var request = command.request();
        if (request.method().equals("ACK")) {
            return Decision.ignore(memory);
        }
        var recipe = ReplyRecipe.of(request, command.flow());
        if (command.leg() != 0 || !setup.caller().matches(request)) {
            Leg leg = setup.legs().get(command.leg());
            boolean late = leg != null
                    && leg.stage() == Leg.Stage.LATE
                    && request.method().equals("BYE");
            CallMemory next = late ? memory.proving("bye/" + command.leg()) : memory;
            return Decision.only(next, messages.respond(recipe, command.leg(), late ? 200 : 481));
        }
        return switch (request.method()) {
            // RFC 3261 §15: the caller may end an early dialog with BYE.
            case "BYE" ->
                Decision.store(
                        memory,
                        new Ended(
                                command.at(),
                                context.node(),
                                EndedBy.CALLER,
                                0,
                                487,
                                recipe,
                                command.flow(),
                                memory.ringAt()));
            case "INVITE" -> Decision.only(memory, messages.respond(recipe, 0, 491));
            case "OPTIONS" -> Decision.only(memory, messages.respond(recipe, 0, 200));
            default -> Decision.only(memory, messages.respond(recipe, 0, 405));
        };
    }

    private Decision response(Setup setup, CallMemory memory, ReportResponse command) {
        SipResponse response = command.response();
        Leg leg = setup.legs().get(command.leg());
        if (leg == null || !response.callId().equals(leg.dialog().callId())) {
            return Decision.ignore(memory);
        }
        if (!response.method().equals("INVITE")) {
            return bye(memory, command.leg(), response.status() < 200 ? "" : response.method());
        }
        if (response.status() < 200) {
            return provisional(setup, memory, leg, response, command.at());
        }
        if (response.status() < 300) {
            return accepted(memory, leg, response, command.at());
        }
        return refused(setup, memory, leg.number(), response.status(), command.at())
                .then(messages.ackRefusal(leg.number(), leg.dialog(), response));
    }

    private Decision provisional(Setup setup, CallMemory memory, Leg leg, SipResponse response, Instant at) {
        CallMemory heard = memory.hearing(leg.number());
        if (response.status() == 100 || !leg.open()) {
            return Decision.ignore(heard);
        }
        String sdp = response.hasSdp() ? response.body() : "";
        int status = sdp.isEmpty() ? 180 : 183;
        if (heard.progress() == 183 && status == 180) {
            return Decision.ignore(heard);
        }
        return Decision.only(heard.progressing(status, sdp, at), progress(setup, status, sdp));
    }

    private Decision accepted(CallMemory memory, Leg leg, SipResponse response, Instant at) {
        return switch (leg.stage()) {
            case INVITING ->
                Decision.store(
                        memory,
                        new Answered(
                                at,
                                context.node(),
                                leg.number(),
                                response.to().tag(),
                                response.contact(),
                                response.recordRoute(),
                                response.hasSdp() ? response.body() : "",
                                memory.ringAt()));
            case CANCELLING ->
                Decision.store(
                        memory,
                        new AnsweredLate(
                                at, leg.number(), response.to().tag(), response.contact(), response.recordRoute()));
            case LATE -> Decision.only(memory, messages.ack(leg.number(), leg.dialog(), 1, ""));
            case ANSWERED, ENDED -> Decision.ignore(memory);
        };
    }

    private Decision refused(Setup setup, CallMemory memory, int number, int status, Instant at) {
        Leg leg = setup.legs().get(number);
        if (leg == null || leg.stage() == Leg.Stage.ENDED || leg.stage() == Leg.Stage.LATE) {
            return Decision.ignore(memory);
        }
        Decision decision = Decision.store(memory, new LegEnded(at, number, status));
        boolean others = setup.legs().values().stream().anyMatch(other -> other.number() != number && other.open());
        if (!leg.open() || others && status < 600) {
            return decision;
        }
        int best = status;
        for (int refusal : setup.refusals()) {
            best = FailureTable.better(best, refusal);
        }
        Ring ring = setup.ring();
        String forward =
                ring == null ? null : best == 486 || best == 600 ? ring.busy() : best == 408 ? ring.noAnswer() : null;
        return CallMachine.mayForward(setup, forward)
                ? decision.and(new Forwarded(at, Objects.requireNonNull(forward), best))
                : decision.and(failed(at, FailureTable.toCaller(best), memory));
    }

    private static Decision bye(CallMemory memory, int leg, String method) {
        return Decision.ignore(method.equals("BYE") ? memory.proving("bye/" + leg) : memory);
    }

    private Decision media(Setup setup, CallMemory memory, MediaReport report) {
        return switch (report) {
            case MediaReport.PlanApplied applied -> Decision.ignore(memory.proving("media/" + applied.version()));
            case MediaReport.TimedOut silent
            when setup.origin().lease() != null ->
                Decision.only(
                        memory,
                        new AcknowledgeMedia(
                                context.id(), setup.origin().lease().service(), silent.number()));
            case MediaReport.TimedOut _,
                    MediaReport.Leased _,
                    MediaReport.LeaseRefused _,
                    MediaReport.PlanRefused _,
                    MediaReport.Released _ -> Decision.ignore(memory);
        };
    }

    private Decision deadline(Setup setup, CallMemory memory, Instant now) {
        Ring ring = setup.ring();
        if (ring == null || setup.forward() != null || now.isBefore(ring.until())) {
            return Decision.ignore(memory);
        }
        @Nullable String forward = ring.noAnswer();
        return CallMachine.mayForward(setup, forward)
                ? Decision.store(memory, new Forwarded(now, Objects.requireNonNull(forward), 480))
                : Decision.store(memory, over(now, 480, memory));
    }

    private Ended over(Instant at, int status, CallMemory memory) {
        return new Ended(at, context.node(), EndedBy.SYSTEM, -1, status, null, null, memory.ringAt());
    }

    /** A called phone's refusal ended it. */
    private Ended failed(Instant at, int status, CallMemory memory) {
        return new Ended(at, context.node(), EndedBy.CALLEE, -1, status, null, null, memory.ringAt());
    }
}
