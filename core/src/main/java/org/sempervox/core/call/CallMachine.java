package org.sempervox.core.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.call.CallEffect.Finish;
import org.sempervox.core.call.CallEffect.Prepare;
import org.sempervox.core.call.CallEvent.Ended;
import org.sempervox.core.call.CallEvent.Placed;
import org.sempervox.core.call.CallState.Idle;
import org.sempervox.core.call.CallState.Setup;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.routing.Destination;

/**
 * Rules of one call as pure functions: {@link #decide}, {@link #evolve} and, for everything the call owes at a point in time,
 * {@link #due}. Each phase has its rules in a class of its own; the phases and their order are drawn at {@link CallState}.
 *
 * <p>Order of use: {@code decide} on a command; store its events; {@code evolve}; run its effects; run what is {@code due}. After a
 * take-over: {@code evolve} over the journal, {@link #takeOver}, run what is {@code due}. Thread-safe, holds nothing.
 */
public final class CallMachine {
    private static final int MAX_HOPS = 5;
    private static final String HEARD = "heard/";

    private final CallContext context;
    private final CallMessages messages;
    private final CallOwed owed;
    private final CallEvolution evolution;
    private final SetupRules setupRules;
    private final TalkingRules talkingRules;
    private final EndedRules endedRules;

    public CallMachine(CallContext context) {
        this.context = context;
        this.messages = new CallMessages(context);
        this.owed = new CallOwed(context, messages);
        this.evolution = new CallEvolution(context);
        this.setupRules = new SetupRules(context, messages);
        this.talkingRules = new TalkingRules(context, messages, owed);
        this.endedRules = new EndedRules(messages, owed);
    }

    public Decision decide(CallState state, CallMemory memory, CallCommand command) {
        return switch (state) {
            case Idle _ -> idle(memory, command);
            case Setup setup -> setupRules.decide(setup, memory, command);
            case Talking talking -> talkingRules.decide(talking, memory, command);
            case CallState.Ended ended -> endedRules.decide(ended, memory, command, due(ended, memory, command.at()));
        };
    }

    /** What an incarnation that takes the call over starts with. {@code started}: when the call came to its node. */
    public CallMemory takeOver(CallState state, Instant started) {
        CallMemory memory = CallMemory.afterTakeOver(started);
        for (String key : settled(state)) {
            memory = key.startsWith(HEARD)
                    ? memory.ringing(Integer.parseInt(key.substring(HEARD.length())))
                    : memory.proving(key);
        }
        return memory;
    }

    /** For an orderly hand-over (S30): so that nothing is said twice for no reason. Plans are declared again by whoever takes over. */
    public CallEvent settle(CallMemory memory, Instant now) {
        var keys = new TreeSet<>(memory.settled(key -> key.startsWith("ack/") || key.equals("bye-ok")));
        keys.removeIf(key -> key.startsWith("media/"));
        memory.provisional().forEach(leg -> keys.add(HEARD + leg));
        return new CallEvent.Settled(now, List.copyOf(keys));
    }

    private static List<String> settled(CallState state) {
        return switch (state) {
            case Idle _ -> List.of();
            case Setup setup -> setup.origin().settled();
            case Talking talking -> talking.origin().settled();
            case CallState.Ended ended -> ended.origin().settled();
        };
    }

    public CallState evolve(CallState state, CallEvent event) {
        return evolution.evolve(state, event);
    }

    /** Effects to bring about now: what is owed, less what was brought about in this incarnation or is proved. */
    public List<CallEffect> due(
            CallState state, CallMemory memory, Instant now, java.util.function.Consumer<CallMemory> remember) {
        CallMemory.Due due = owed.due(state, memory, now);
        remember.accept(due.memory());
        return due.effects();
    }

    /** When to send {@link ReachDeadline}; empty for never. */
    public Optional<Instant> wake(CallState state, CallMemory memory) {
        Instant first = owed.next(state, memory).orElse(null);
        for (Instant deadline : Deadlines.of(state, memory, at -> owed.open(state, memory, at))) {
            first = first == null || deadline.isBefore(first) ? deadline : first;
        }
        return Optional.ofNullable(first);
    }

    /** Names of what is still owed, for {@code audit} and the simulation. */
    public List<String> open(CallState state, CallMemory memory, Instant now) {
        return owed.open(state, memory, now);
    }

    private EndedRules.Open due(CallState.Ended ended, CallMemory memory, Instant now) {
        return () -> owed.open(ended, memory, now);
    }

    private Decision idle(CallMemory memory, CallCommand command) {
        return switch (command) {
            case PlaceCall place -> Decision.only(memory.preparing(true), new Prepare(place, place.dialled(), true));
            case ReportPreparation prepared
            when prepared.place() != null -> placed(memory.preparing(false), prepared, prepared.place());
            // The caller repeats its CANCEL; by then the call is placed.
            case ReportCancel cancel ->
                memory.preparing() ? Decision.ignore(memory) : unknown(memory, cancel.request(), cancel.flow());
            case ReportRequest request -> unknown(memory, request.request(), request.flow());
            case ReportPreparation _,
                    ReportResponse _,
                    ReportTransactionFailure _,
                    ReportMedia _,
                    ReportRecordStored _,
                    ReportSlotReleased _,
                    ReachDeadline _,
                    EndCall _ -> memory.preparing() ? Decision.ignore(memory) : Decision.only(memory, new Finish());
            case ReportRestart _ -> memory.preparing() ? Decision.ignore(memory) : Decision.only(memory, new Finish());
            case MoveAddress _ -> Decision.ignore(memory);
        };
    }

    private Decision unknown(
            CallMemory memory, org.sempervox.core.sip.SipRequest request, org.sempervox.core.sip.Flow flow) {
        Decision none = Decision.ignore(memory);
        if (!request.method().equals("ACK")) {
            none = none.then(messages.respond(ReplyRecipe.of(request, flow), 0, 481));
        }
        return memory.preparing() ? none : none.then(new Finish());
    }

    private Decision placed(CallMemory memory, ReportPreparation prepared, PlaceCall place) {
        boolean noPorts = prepared.lease() == null && prepared.destination() instanceof Destination.Ring;
        boolean badOffer = place.invite().hasSdp()
                && org.sempervox.core.media.Sdp.parse(place.invite().body()).isEmpty();
        Ring ring = noPorts || badOffer ? null : ring(prepared.destination(), prepared.at(), 1);
        var event = new Placed(
                place.at(),
                context.node(),
                place.caller(),
                place.dialled(),
                Dialog.called(place.invite(), place.flow(), context.keys().tag(context.id(), 0)),
                ReplyRecipe.of(place.invite(), place.flow()),
                place.invite().hasSdp() ? place.invite().body() : "",
                prepared.lease(),
                prepared.slots(),
                ring);
        if (ring != null) {
            return Decision.store(memory, event).then(messages.respond(event.invite(), 0, 100));
        }
        Decision decision = Decision.store(memory, event);
        int status = noPorts ? 503 : badOffer ? 488 : ((Destination.Refuse) prepared.destination()).status();
        String forward = prepared.destination() instanceof Destination.Refuse refuse ? refuse.forward() : null;
        return forward != null && prepared.lease() != null && !badOffer
                ? decision.and(new CallEvent.Forwarded(prepared.at(), forward, status))
                        .then(messages.respond(event.invite(), 0, 100))
                : decision.and(over(prepared.at(), status));
    }

    private Ended over(Instant at, int status) {
        return new Ended(at, context.node(), EndedBy.SYSTEM, -1, status, null, null, null);
    }

    /** A round of ringing from what the directory found; null if it refused. Leg numbers go on from {@code firstLeg}. */
    static @Nullable Ring ring(Destination destination, Instant at, int firstLeg) {
        if (!(destination instanceof Destination.Ring found)) {
            return null;
        }
        var legs = new ArrayList<Ring.RingLeg>();
        for (Destination.Target target : found.targets()) {
            legs.add(new Ring.RingLeg(firstLeg + legs.size(), target.uri(), target.flow()));
        }
        return new Ring(
                found.extension(), found.name(), legs, at.plus(found.ringFor()), found.noAnswer(), found.busy());
    }

    /** A look-up that came too late or twice: slots that the call does not hold otherwise are given back (S7). */
    static Decision surplus(CallState.Origin origin, CallMemory memory, ReportPreparation prepared) {
        Decision decision = Decision.ignore(memory);
        for (String slot : prepared.slots()) {
            if (!origin.slots().contains(slot)) {
                decision = decision.then(new CallEffect.ReleaseSlot(slot));
            }
        }
        return decision;
    }

    static boolean mayForward(Setup setup, @Nullable String to) {
        return to != null
                && setup.hops() < MAX_HOPS
                && !Objects.equals(setup.ring() == null ? null : setup.ring().extension(), to);
    }

    /** The phase's name as {@code calls} shows it. */
    public static String phase(CallState state) {
        return switch (state) {
            case Idle _ -> "preparing";
            case Setup _ -> "ringing";
            case Talking _ -> "talking";
            case CallState.Ended _ -> "ended";
        };
    }
}
