package org.sempervox.core.call;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallEvent.*;
import org.sempervox.core.call.CallState.Idle;
import org.sempervox.core.call.CallState.Origin;
import org.sempervox.core.call.CallState.Setup;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipResponse;

/** The next state after an event: total; a pair that cannot be throws, so that recovery fails instead of inventing a state. */
final class CallEvolution {
    private final CallContext context;

    CallEvolution(CallContext context) {
        this.context = context;
    }

    CallState evolve(CallState state, CallEvent event) {
        return switch (event) {
            case Placed placed when state instanceof Idle -> placed(placed);
            case LegEnded ended when state instanceof Setup setup -> legEnded(setup, ended);
            case LegEnded ended
            when state instanceof Talking talking ->
                talking.withLegs(staged(talking.legs(), ended.leg(), Leg.Stage.ENDED));
            case LegEnded ended
            when state instanceof CallState.Ended over ->
                over.withLegs(staged(over.legs(), ended.leg(), Leg.Stage.ENDED));
            case Forwarded forwarded when state instanceof Setup setup -> forwarded(setup, forwarded);
            case Rung rung when state instanceof Setup setup -> rung(setup, rung);
            case Answered answered when state instanceof Setup setup -> answered(setup, answered);
            case AnsweredLate late
            when state instanceof Setup setup ->
                new Setup(
                        setup.origin(),
                        setup.caller(),
                        late(setup.legs(), late),
                        setup.ring(),
                        setup.forward(),
                        setup.hops(),
                        setup.refusals());
            case AnsweredLate late
            when state instanceof Talking talking -> talking.withLegs(late(talking.legs(), late));
            case AnsweredLate late when state instanceof CallState.Ended over -> over.withLegs(late(over.legs(), late));
            case Offered offered when state instanceof Talking talking -> offered(talking, offered);
            case OfferAnswered answered when state instanceof Talking talking -> offerAnswered(talking, answered);
            case OfferAcknowledged acknowledged
            when state instanceof Talking talking -> offerAcknowledged(talking, acknowledged);
            case Ended ended when state instanceof Setup setup -> endedUnanswered(setup, ended);
            case Ended ended when state instanceof Talking talking -> endedTalking(talking, ended);
            case RecordStored _ when state instanceof CallState.Ended over -> over.asRecorded();
            case Probed probed when state instanceof Talking talking -> probed(talking, probed);
            case LegProved proved when state instanceof Talking talking -> legProved(talking, proved);
            case Settled settled
            when state instanceof Setup setup -> setup.withOrigin(setup.origin().settling(settled.proved()));
            case Settled settled
            when state instanceof Talking talking ->
                talking.withOrigin(talking.origin().settling(settled.proved()));
            case Settled settled
            when state instanceof CallState.Ended over ->
                over.withOrigin(over.origin().settling(settled.proved()));
            case Placed _,
                    LegEnded _,
                    Forwarded _,
                    Rung _,
                    Answered _,
                    AnsweredLate _,
                    Offered _,
                    OfferAnswered _,
                    OfferAcknowledged _,
                    Ended _,
                    Probed _,
                    LegProved _,
                    RecordStored _,
                    Settled _ ->
                throw new IllegalStateException(
                        "call " + context.id() + ": " + event + " in " + CallMachine.phase(state));
        };
    }

    private Setup placed(Placed placed) {
        var origin = new Origin(
                placed.at(),
                placed.caller(),
                placed.dialled(),
                placed.invite(),
                placed.offer(),
                placed.lease(),
                placed.slots(),
                List.of(placed.node()),
                List.of(),
                null);
        var setup = new Setup(origin, placed.dialog(), new TreeMap<>(), null, null, 0, List.of());
        return placed.ring() == null ? setup : ringing(setup, placed.ring(), origin);
    }

    private Setup ringing(Setup setup, Ring ring, Origin origin) {
        var legs = new TreeMap<>(setup.legs());
        String display = origin.invite().from().display();
        for (Ring.RingLeg leg : ring.legs()) {
            String host = context.realm();
            Dialog dialog = Dialog.calling(
                    context.keys().sipCallId(context.id(), leg.number()),
                    context.keys().tag(context.id(), leg.number()),
                    Leg.party(display, origin.caller(), host),
                    Leg.party(ring.name(), ring.extension(), host),
                    leg.uri(),
                    leg.flow());
            legs.put(leg.number(), new Leg(leg.number(), ring.extension(), Leg.Stage.INVITING, dialog));
        }
        return new Setup(origin, setup.caller(), legs, ring, null, setup.hops(), List.of());
    }

    private static Setup legEnded(Setup setup, LegEnded ended) {
        var refusals = new java.util.ArrayList<>(setup.refusals());
        Leg leg = setup.legs().get(ended.leg());
        if (leg != null && leg.open()) {
            refusals.add(ended.status());
        }
        return new Setup(
                setup.origin(),
                setup.caller(),
                staged(setup.legs(), ended.leg(), Leg.Stage.ENDED),
                setup.ring(),
                setup.forward(),
                setup.hops(),
                refusals);
    }

    private static Setup forwarded(Setup setup, Forwarded forwarded) {
        return new Setup(
                setup.origin(),
                setup.caller(),
                cancelled(setup.legs()),
                setup.ring(),
                forwarded.to(),
                setup.hops() + 1,
                setup.refusals());
    }

    private Setup rung(Setup setup, Rung rung) {
        return ringing(setup, rung.ring(), setup.origin().on(rung.node()).holding(rung.slots()));
    }

    private static Talking answered(Setup setup, Answered event) {
        var legs = new TreeMap<>(cancelled(setup.legs()));
        Leg leg = Objects.requireNonNull(setup.legs().get(event.leg()));
        Dialog dialog =
                leg.dialog().confirmed(answer(event.remoteTag(), event.contact(), event.recordRoute(), leg.dialog()));
        legs.put(event.leg(), leg.in(Leg.Stage.ANSWERED).with(dialog));
        return new Talking(
                setup.origin().on(event.node()),
                setup.caller(),
                legs,
                event.leg(),
                event.at(),
                event.ringAt(),
                event.answer(),
                "",
                setup.origin().offer(),
                event.answer(),
                1,
                1,
                2,
                new Exchange.None());
    }

    private static Talking offered(Talking talking, Offered event) {
        int from = event.leg();
        int peer = talking.peer(from);
        long seq = talking.dialog(peer).localSeq() + 1;
        Dialog near = talking.dialog(from)
                .received(event.invite().cseq(), event.invite().flow())
                .retargeted(event.contact());
        Talking next = talking.withOrigin(talking.origin().on(event.node()))
                .withDialog(from, near)
                .withDialog(peer, talking.dialog(peer).sent(seq))
                .withExchange(new Exchange.Offered(event.at(), from, event.invite(), event.offer(), seq));
        return event.offer().isEmpty() ? next : next.described(peer);
    }

    private static Talking offerAnswered(Talking talking, OfferAnswered event) {
        if (!(talking.exchange() instanceof Exchange.Offered offered)) {
            throw new IllegalStateException("answer without an offer");
        }
        int from = offered.from();
        int peer = talking.peer(from);
        var exchange = new Exchange.Answered(
                event.at(), from, offered.invite(), offered.offer(), offered.seq(), event.status(), event.answer(), "");
        Talking next = talking.withExchange(exchange);
        if (event.status() >= 300) {
            return next;
        }
        next = next.withDialog(peer, next.dialog(peer).retargeted(event.contact()))
                .described(from);
        if (exchange.delayed()) {
            return next;
        }
        return from == 0
                ? next.withSdp(offered.offer(), event.answer())
                : next.withSdp(event.answer(), offered.offer());
    }

    private static Talking offerAcknowledged(Talking talking, OfferAcknowledged event) {
        if (talking.exchange() instanceof Exchange.Answered a && a.delayed() && a.from() == event.leg()) {
            var done = new Exchange.Answered(
                    a.at(), a.from(), a.invite(), a.offer(), a.seq(), a.status(), a.answer(), event.answer());
            Talking next = talking.withExchange(done).described(talking.peer(a.from()));
            return a.from() == 0 ? next.withSdp(event.answer(), a.answer()) : next.withSdp(a.answer(), event.answer());
        }
        return talking.acknowledging(event.answer());
    }

    private static Talking probed(Talking talking, Probed event) {
        Talking next = talking.withOrigin(talking.origin().on(event.node()).probing(event.aliveAt()));
        var open = new TreeMap<Integer, Long>();
        for (int leg : List.of(0, talking.answeredBy())) {
            long seq = talking.dialog(leg).localSeq() + 1;
            next = next.withDialog(leg, next.dialog(leg).sent(seq));
            open.put(leg, seq);
        }
        return next.withExchange(new Exchange.Probing(event.at(), event.aliveAt(), open));
    }

    private static Talking legProved(Talking talking, LegProved event) {
        if (!(talking.exchange() instanceof Exchange.Probing probing)) {
            throw new IllegalStateException("a leg is proved that was not asked");
        }
        int leg = event.leg();
        Talking next = talking.withExchange(probing.without(leg))
                .withDialog(leg, talking.dialog(leg).retargeted(event.contact()));
        String before = leg == 0 ? talking.callerSdp() : talking.calleeSdp();
        if (event.answer().isEmpty() || event.answer().equals(before)) {
            return next;
        }
        return leg == 0 ? next.withSdp(event.answer(), "") : next.withSdp("", event.answer());
    }

    private static CallState.Ended endedUnanswered(Setup setup, Ended event) {
        Origin origin = setup.origin().on(event.node());
        Dialog caller = event.bye() == null
                ? setup.caller()
                : setup.caller().received(event.bye().cseq(), event.bye().flow());
        String tried = setup.ring() == null ? "" : setup.ring().extension();
        return new CallState.Ended(
                origin,
                caller,
                cancelled(setup.legs()),
                null,
                event.at(),
                event.ringAt(),
                event.by(),
                event.byLeg(),
                event.status(),
                event.bye(),
                tried,
                false,
                event.aliveAt());
    }

    private static CallState.Ended endedTalking(Talking talking, Ended event) {
        Talking last = talking.withOrigin(talking.origin().on(event.node()));
        if (event.bye() != null) {
            last = last.withDialog(
                    event.byLeg(),
                    last.dialog(event.byLeg())
                            .received(event.bye().cseq(), event.bye().flow()));
        }
        return new CallState.Ended(
                last.origin(),
                last.caller(),
                last.legs(),
                last,
                event.at(),
                last.ringAt(),
                event.by(),
                event.byLeg(),
                event.status(),
                event.bye(),
                last.callee().extension(),
                false,
                event.aliveAt());
    }

    private static SortedMap<Integer, Leg> staged(SortedMap<Integer, Leg> legs, int number, Leg.Stage stage) {
        var next = new TreeMap<>(legs);
        next.computeIfPresent(number, (key, leg) -> leg.in(stage));
        return next;
    }

    private static SortedMap<Integer, Leg> cancelled(SortedMap<Integer, Leg> legs) {
        var next = new TreeMap<>(legs);
        next.replaceAll((key, leg) -> leg.open() ? leg.in(Leg.Stage.CANCELLING) : leg);
        return next;
    }

    private static SortedMap<Integer, Leg> late(SortedMap<Integer, Leg> legs, AnsweredLate event) {
        var next = new TreeMap<>(legs);
        next.computeIfPresent(
                event.leg(),
                (key, leg) -> leg.in(Leg.Stage.LATE)
                        .with(leg.dialog()
                                .confirmed(answer(
                                        event.remoteTag(), event.contact(), event.recordRoute(), leg.dialog()))));
        return next;
    }

    private static SipResponse answer(
            @Nullable String tag, @Nullable NameAddr contact, List<NameAddr> recordRoute, Dialog dialog) {
        NameAddr to = tag == null ? dialog.remote() : dialog.remote().withTag(tag);
        return new SipResponse(
                200,
                "OK",
                List.of(),
                dialog.local(),
                to,
                dialog.callId(),
                1,
                "INVITE",
                recordRoute,
                contact,
                java.util.Map.of(),
                null,
                "");
    }
}
