package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallEffect.DeclareMedia;
import org.sempervox.core.call.CallEffect.Prepare;
import org.sempervox.core.call.CallEffect.ReleaseMedia;
import org.sempervox.core.call.CallEffect.ReleaseSlot;
import org.sempervox.core.call.CallEffect.Send;
import org.sempervox.core.call.CallEffect.StoreRecord;
import org.sempervox.core.call.CallState.Ended;
import org.sempervox.core.call.CallState.Idle;
import org.sempervox.core.call.CallState.Origin;
import org.sempervox.core.call.CallState.Setup;
import org.sempervox.core.call.CallState.Talking;
import org.sempervox.core.call.Owed.Discharge;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.Sdp;
import org.sempervox.core.sip.SipStatus;

/**
 * What a call owes the world (S1): a function of its state alone, so that a node that takes it over owes exactly the same. What is new
 * after a command and what a survivor resumes are the same list, less what this incarnation has already brought about or seen proved.
 */
final class CallOwed {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration SILENCE_ON_HOLD = Duration.ofMinutes(5);
    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";
    private static final String ABANDONED = "SIP;cause=487;text=\"Request Terminated\"";

    private final CallContext context;
    private final CallMessages messages;

    CallOwed(CallContext context, CallMessages messages) {
        this.context = context;
        this.messages = messages;
    }

    CallMemory.Due due(CallState state, CallMemory before, Instant now) {
        CallMemory memory = before.running(now);
        return OwedSchedule.due(owed(state, memory), memory, now);
    }

    /** When {@link #due} has something to repeat; empty if never by itself. */
    Optional<Instant> next(CallState state, CallMemory memory) {
        return OwedSchedule.next(owed(state, memory), memory);
    }

    /** Keys that are neither proved nor past their time. */
    List<String> open(CallState state, CallMemory memory, Instant now) {
        return OwedSchedule.open(owed(state, memory), memory, now);
    }

    private List<Owed> owed(CallState state, CallMemory memory) {
        var all = new ArrayList<Owed>();
        switch (state) {
            case Idle _ -> {}
            case Setup setup -> setup(setup, memory, all);
            case Talking talking -> talking(talking, memory, all);
            case Ended ended -> ended(ended, memory, all);
        }
        return all;
    }

    private void setup(Setup setup, CallMemory memory, List<Owed> all) {
        legs(setup.origin(), setup.legs(), memory, ABANDONED, setup.origin().placedAt(), all);
        String forward = setup.forward();
        if (forward != null) {
            all.add(reported(
                    "prepare/" + setup.hops(), () -> new Prepare(null, forward, false), -1, Duration.ofSeconds(3)));
        }
        if (setup.origin().lease() != null) {
            all.add(plan(setup.origin(), 1, setup.origin().offer(), ""));
        }
    }

    /** Until when an ACK is awaited. */
    private static Instant awaited(Instant answered, CallMemory memory) {
        return memory.longSettled(answered) ? answered : answered.plus(CallState.LINGER);
    }

    private void talking(Talking talking, CallMemory memory, List<Owed> all) {
        Origin origin = talking.origin();
        Instant until = awaited(talking.answeredAt(), memory);
        if (!talking.callerSpoke()) {
            all.add(answer(talking, until));
        }
        Leg callee = talking.callee();
        if (acknowledges(talking)) {
            all.add(once("ack/" + callee.number(), () -> acknowledgement(talking), service(callee), until));
        }
        exchange(talking, memory, all);
        legs(origin, talking.legs(), memory, ELSEWHERE, talking.answeredAt(), all);
        all.add(plan(origin, talking.plan(), talking.callerSdp(), talking.calleeSdp()));
    }

    /** ACK of the callee's 2xx; empty while the caller's answer to a delayed offer, which it carries, is awaited. */
    Optional<Send> firstAcknowledgement(Talking talking) {
        return acknowledges(talking) ? Optional.of(acknowledgement(talking)) : Optional.empty();
    }

    private static boolean acknowledges(Talking talking) {
        return !talking.origin().delayedOffer() || !talking.acknowledged().isEmpty();
    }

    private Send acknowledgement(Talking talking) {
        Leg callee = talking.callee();
        String body = messages.relayed(talking.acknowledged(), talking.origin().lease(), callee.number(), 1);
        return messages.ack(callee.number(), callee.dialog(), 1, body);
    }

    private Owed answer(Talking talking, Instant until) {
        var origin = talking.origin();
        return new Owed(
                "answer",
                () -> messages.answer(origin.invite(), 0, messages.relayed(talking.answer(), origin.lease(), 0, 1)),
                origin.invite().flow().service(),
                Discharge.ACKNOWLEDGED,
                null,
                until);
    }

    private void exchange(Talking talking, CallMemory memory, List<Owed> all) {
        switch (talking.exchange()) {
            case Exchange.None _ -> {}
            case Exchange.Offered offered -> {
                int peer = talking.peer(offered.from());
                all.add(reported(
                        key("invite", peer, offered.seq()),
                        () -> reinvite(talking, offered),
                        service(talking, peer),
                        T2));
            }
            case Exchange.Probing probing ->
                probing.open()
                        .forEach((leg, seq) -> all.add(reported(
                                key("invite", leg, seq), () -> probe(talking, leg, seq), service(talking, leg), T2)));
            case Exchange.Answered answered -> {
                int peer = talking.peer(answered.from());
                Instant until = awaited(answered.at(), memory);
                all.add(owedReply(answered.from(), answered.invite(), () -> reply(talking, answered), until));
                if (answered.status() < 300
                        && (!answered.delayed() || !answered.acknowledged().isEmpty())) {
                    all.add(once(
                            key("ack", peer, answered.seq()),
                            () -> acknowledgement(talking, answered),
                            service(talking, peer),
                            until));
                }
            }
        }
    }

    private Send reinvite(Talking talking, Exchange.Offered offered) {
        int peer = talking.peer(offered.from());
        String body = messages.relayed(offered.offer(), talking.origin().lease(), peer, version(talking, peer));
        return messages.inDialog(
                "INVITE", peer, talking.dialog(peer), offered.seq(), Map.of("allow", CallMessages.ALLOW), body);
    }

    /** Says what the leg was last told: nothing changes for a phone that is still there. */
    private Send probe(Talking talking, int leg, long seq) {
        String last = leg == 0 ? talking.calleeSdp() : talking.callerSdp();
        String body = messages.relayed(last, talking.origin().lease(), leg, version(talking, leg));
        return messages.inDialog("INVITE", leg, talking.dialog(leg), seq, Map.of("allow", CallMessages.ALLOW), body);
    }

    /** Final answer to the leg whose re-INVITE was passed on. */
    Send reply(Talking talking, Exchange.Answered answered) {
        int from = answered.from();
        if (answered.status() >= 300) {
            return messages.respond(answered.invite(), from, answered.status());
        }
        String body = messages.relayed(answered.answer(), talking.origin().lease(), from, version(talking, from));
        return messages.answer(answered.invite(), from, body);
    }

    /** ACK of the 2xx that the other leg answered it with. */
    Send acknowledgement(Talking talking, Exchange.Answered answered) {
        int peer = talking.peer(answered.from());
        String body = messages.relayed(answered.acknowledged(), talking.origin().lease(), peer, version(talking, peer));
        return messages.ack(peer, talking.dialog(peer), answered.seq(), body);
    }

    private static Owed owedReply(int leg, ReplyRecipe invite, Supplier<Send> reply, Instant until) {
        return new Owed(
                key("reply", leg, invite.cseq()), reply, invite.flow().service(), Discharge.ACKNOWLEDGED, null, until);
    }

    /** Final answer, after the end, to the last re-INVITE: as it was answered, else 487 (RFC 3261 §15.1.2). */
    Optional<Send> lastReply(Talking talked) {
        return switch (talked.exchange()) {
            case Exchange.None _, Exchange.Probing _ -> Optional.empty();
            case Exchange.Offered offered ->
                Optional.of(messages.respond(offered.invite(), offered.from(), SipStatus.REQUEST_TERMINATED));
            case Exchange.Answered answered -> Optional.of(reply(talked, answered));
        };
    }

    private void ended(Ended ended, CallMemory memory, List<Owed> all) {
        Instant until = ended.endedAt().plus(CallState.LINGER);
        String reason = ended.talked() == null ? ABANDONED : ELSEWHERE;
        legs(ended.origin(), ended.legs(), memory, reason, ended.endedAt(), all);
        ReplyRecipe bye = ended.bye();
        if (bye != null) {
            all.add(once(
                    "bye-ok",
                    () -> messages.respond(bye, ended.byLeg(), 200),
                    bye.flow().service(),
                    until));
        }
        Talking talked = ended.talked();
        if (talked == null) {
            all.add(new Owed(
                    "final",
                    () -> messages.respond(ended.origin().invite(), 0, ended.status()),
                    ended.origin().invite().flow().service(),
                    Discharge.ACKNOWLEDGED,
                    null,
                    until));
        } else {
            hangUp(ended, talked, memory, all);
        }
        MediaLease lease = ended.origin().lease();
        if (lease != null) {
            all.add(reported(
                    "release", () -> new ReleaseMedia(context.id(), lease.service()), -1, Duration.ofSeconds(5)));
        }
        if (!ended.recorded()) {
            all.add(reported(
                    "record", () -> new StoreRecord(RecordOf.of(context.id(), ended)), -1, Duration.ofSeconds(1)));
        }
        for (String slot : ended.origin().slots()) {
            all.add(reported("slot/" + slot, () -> new ReleaseSlot(slot), -1, Duration.ofSeconds(1)));
        }
    }

    private void hangUp(Ended ended, Talking talked, CallMemory memory, List<Owed> all) {
        int q850 = FailureTable.q850(ended.status());
        Instant until = ended.endedAt().plus(CallState.LINGER);
        if (ended.byLeg() != 0) {
            hangUpCaller(ended, talked, memory, q850, all);
        }
        Leg callee = talked.callee();
        if (ended.byLeg() != callee.number()) {
            all.add(new Owed(
                    "bye/" + callee.number(),
                    () -> messages.bye(callee.number(), callee.dialog(), q850),
                    service(callee),
                    Discharge.REPORTED,
                    T2,
                    until));
        }
        switch (talked.exchange()) {
            case Exchange.None _, Exchange.Probing _ -> {}
            case Exchange.Offered offered ->
                all.add(owedReply(
                        offered.from(),
                        offered.invite(),
                        () -> lastReply(talked).orElseThrow(),
                        until));
            case Exchange.Answered answered ->
                all.add(owedReply(
                        answered.from(),
                        answered.invite(),
                        () -> reply(talked, answered),
                        awaited(answered.at(), memory)));
        }
    }

    /**
     * RFC 3261 §15: no BYE to a caller before it has acknowledged the 2xx or 64·T1 are over. After a take-over the 2xx goes out again; a
     * caller that had acknowledged it before and says nothing to the repetitions gets the BYE after the fourth.
     */
    private void hangUpCaller(Ended ended, Talking talked, CallMemory memory, int q850, List<Owed> all) {
        Instant answerUntil = awaited(talked.answeredAt(), memory);
        boolean known = talked.callerSpoke()
                || memory.proved().contains("answer")
                || !ended.endedAt().isBefore(answerUntil);
        if (!talked.callerSpoke()) {
            all.add(answer(talked, answerUntil));
        }
        Instant since = memory.since();
        Instant asked = since != null && memory.inherited(talked.answeredAt()) ? since.plus(T2) : answerUntil;
        Instant from = known ? ended.endedAt() : asked.isBefore(answerUntil) ? asked : answerUntil;
        all.add(new Owed(
                "bye/0",
                () -> messages.bye(0, talked.caller(), q850),
                talked.caller().flow().service(),
                Discharge.REPORTED,
                T2,
                known ? null : from,
                from.plus(CallState.LINGER)));
    }

    /** INVITEs that wait for a final answer, CANCELs once a 1xx has come (S12), ACK and BYE of late answers (S14). */
    private void legs(
            Origin origin,
            SortedMap<Integer, Leg> legs,
            CallMemory memory,
            String reason,
            Instant since,
            List<Owed> all) {
        for (Leg leg : legs.values()) {
            switch (leg.stage()) {
                case INVITING, CANCELLING -> {
                    boolean heard = memory.provisional().contains(leg.number());
                    // An edge that outlived the call's node has had its 1xx and repeats nothing; a CANCEL may be
                    // waiting for ours (S12).
                    Duration repeat = heard ? null : memory.recovered() ? T1.multipliedBy(2) : T2;
                    all.add(reported(
                            "invite/" + leg.number(), () -> messages.invite(origin, leg), service(leg), repeat));
                    if (leg.stage() == Leg.Stage.CANCELLING
                            && memory.provisional().contains(leg.number())) {
                        all.add(reported(
                                "cancel/" + leg.number(), () -> messages.cancel(leg, reason), service(leg), T2));
                    }
                }
                case LATE -> {
                    Instant until = since.plus(CallState.LINGER.multipliedBy(2));
                    all.add(once(
                            "ack/" + leg.number(),
                            () -> messages.ack(leg.number(), leg.dialog(), 1, ""),
                            service(leg),
                            until));
                    all.add(new Owed(
                            "bye/" + leg.number(),
                            () -> messages.bye(leg.number(), leg.dialog(), 16),
                            service(leg),
                            Discharge.REPORTED,
                            T2,
                            until));
                }
                case ANSWERED, ENDED -> {}
            }
        }
    }

    private Owed plan(Origin origin, int version, String callerSdp, String calleeSdp) {
        MediaLease lease = Objects.requireNonNull(origin.lease());
        return reported(
                "media/" + version,
                () -> {
                    Duration silence = holds(callerSdp) || holds(calleeSdp) ? SILENCE_ON_HOLD : SILENCE;
                    return new DeclareMedia(new MediaPlan(
                            context.id(), context.epoch(), version, lease, peer(callerSdp), peer(calleeSdp), silence));
                },
                -1,
                null);
    }

    private static MediaPlan.@Nullable RtpPeer peer(String sdp) {
        return Sdp.parse(sdp).flatMap(Sdp::peer).orElse(null);
    }

    private static boolean holds(String sdp) {
        return Sdp.parse(sdp).map(Sdp::holds).orElse(false);
    }

    private static int version(Talking talking, int leg) {
        return leg == 0 ? talking.callerVersion() : talking.calleeVersion();
    }

    static String key(String what, int leg, long seq) {
        return what + "/" + leg + "/" + seq;
    }

    private static int service(Leg leg) {
        return leg.dialog().flow().service();
    }

    private static int service(Talking talking, int leg) {
        return talking.dialog(leg).flow().service();
    }

    private static Owed reported(
            String key, Supplier<? extends CallEffect> effect, int service, @Nullable Duration repeat) {
        return new Owed(key, effect, service, Discharge.REPORTED, repeat, null);
    }

    private static Owed once(String key, Supplier<? extends CallEffect> effect, int service, Instant until) {
        return new Owed(key, effect, service, Discharge.ONCE, null, until);
    }
}
