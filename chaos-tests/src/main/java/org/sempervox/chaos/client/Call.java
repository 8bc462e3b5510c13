package org.sempervox.chaos.client;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call at one phone. Verbs may be used from any thread and answer before their deadline in any case; the deadline ends
 * the waiting, not the protocol: a request that is under way stays so.
 */
public final class Call {
    /** Where the call is, as its phone sees it. */
    public enum State {
        TRYING,
        RINGING,
        TALKING,
        HOLDING,
        ENDED
    }

    /** Who ended a call. */
    public enum Side {
        LOCAL,
        REMOTE,
        NOBODY
    }

    /** How a call ended. */
    public record End(Side by, int status, String reason) {}

    final Acknowledgements acks;
    final MediaSession media;
    final Reinvites reinvites;

    @Nullable
    Dialog dialog;

    @Nullable
    OutgoingInvite placed;

    @Nullable
    IncomingInvite offered;

    private final UserAgent agent;
    private final String callId;
    private final String peer;
    private final boolean outgoing;
    private final Audio audio;
    private final Watch ringing = new Watch();
    private final Watch answered = new Watch();
    private final Watch ended = new Watch();
    private volatile State state = State.TRYING;
    private volatile @Nullable End end;
    private final AtomicLong hungUpAt = new AtomicLong();

    Call(UserAgent agent, String callId, String peer, boolean outgoing) {
        this.agent = agent;
        this.callId = callId;
        this.peer = peer;
        this.outgoing = outgoing;
        audio = new Audio(agent.loop, agent.rtp, agent.config.localHost(), outgoing);
        media = new MediaSession(audio, agent.config.localHost());
        acks = new Acknowledgements(agent);
        reinvites = new Reinvites(agent, this);
    }

    /** The Call-ID on this phone's side. */
    public String callId() {
        return callId;
    }

    /** The number dialled, or the user in the From of who calls. */
    public String peer() {
        return peer;
    }

    /** Whether this phone placed it. */
    public boolean isOutgoing() {
        return outgoing;
    }

    /** Where the call is now. */
    public State state() {
        return state;
    }

    /** How it ended; null while it lives. */
    public @Nullable End end() {
        return end;
    }

    /** When this phone's user first wanted to hang up with BYE, as {@link System#nanoTime}; empty if not yet. */
    public OptionalLong hungUpAt() {
        long at = hungUpAt.get();
        return at == 0 ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** What is said and heard. */
    public Audio audio() {
        return audio;
    }

    /** Done when it rings (180 or 183), or has been answered; failed if it ended first. */
    public CompletableFuture<Outcome> ringing(Duration within) {
        return watch(ringing, within, "not ringing");
    }

    /** Done when it is established: 2xx and ACK seen; failed if it ended first. */
    public CompletableFuture<Outcome> answered(Duration within) {
        return watch(answered, within, "not answered");
    }

    /** Done when it is over, whoever ended it. */
    public CompletableFuture<Outcome> ended(Duration within) {
        return watch(ended, within, "not ended");
    }

    /** Callee: answers; done when the ACK has come. */
    public CompletableFuture<Outcome> answer(Duration within) {
        return verb(within, "no ACK", result -> {
            IncomingInvite invite = offered;
            if (invite == null || state == State.ENDED) {
                result.complete(Outcome.failed(0, "nothing to answer"));
            } else {
                invite.answer(result);
            }
        });
    }

    /** Callee: refuses with this status. */
    public CompletableFuture<Outcome> reject(int status, Duration within) {
        return verb(within, "not rejected", result -> {
            IncomingInvite invite = offered;
            if (invite == null || state == State.ENDED) {
                result.complete(Outcome.failed(0, "nothing to reject"));
            } else {
                invite.reject(status, result);
            }
        });
    }

    /** Caller: gives up before the answer; done when the INVITE has ended (487, or answered and ended with BYE). */
    public CompletableFuture<Outcome> cancel(Duration within) {
        return verb(within, "INVITE did not end", result -> {
            OutgoingInvite invite = placed;
            if (invite == null) {
                result.complete(Outcome.failed(0, "nothing to cancel"));
            } else {
                invite.cancel(result);
            }
        });
    }

    /** Puts the peer on hold. */
    public CompletableFuture<Outcome> hold(HoldStyle style, Duration within) {
        return verb(within, "hold not answered", result -> reinvites.change(style, true, result));
    }

    /** Takes the peer back. */
    public CompletableFuture<Outcome> resume(Duration within) {
        return verb(within, "resume not answered", result -> reinvites.change(null, true, result));
    }

    /** A re-INVITE without a description: the peer offers, the ACK answers; the hold stays as it is. */
    public CompletableFuture<Outcome> reinviteWithoutOffer(Duration within) {
        return verb(within, "re-INVITE not answered", result -> reinvites.change(media.hold(), false, result));
    }

    /** Ends an established call; done when the BYE is answered 2xx. */
    public CompletableFuture<Outcome> bye(Duration within) {
        hungUpAt.compareAndSet(0, System.nanoTime());
        return verb(within, "BYE not answered", reinvites::bye);
    }

    /** Asks the peer whether it knows this call: OPTIONS within the dialog (RFC 3261 §11). */
    public CompletableFuture<Outcome> options(Duration within) {
        return verb(within, "OPTIONS not answered", reinvites::options);
    }

    /** Ends it in the way its state asks for: BYE, CANCEL or 480. */
    public CompletableFuture<Outcome> hangUp(Duration within) {
        if (isEstablished()) {
            return bye(within);
        }
        return outgoing ? cancel(within) : reject(480, within);
    }

    /** Whether the peer holds this phone. */
    public CompletableFuture<Boolean> heldByPeer(Duration within) {
        return agent.loop.within(within, () -> false, future -> future.complete(media.isHeldByPeer()));
    }

    private CompletableFuture<Outcome> verb(Duration within, String late, Consumer<CompletableFuture<Outcome>> start) {
        return agent.loop.within(within, () -> Outcome.unknown(late), start);
    }

    private CompletableFuture<Outcome> watch(Watch watch, Duration within, String late) {
        return verb(within, late, watch::await);
    }

    void whenAnswered(CompletableFuture<Outcome> result) {
        answered.await(result);
    }

    void whenEnded(CompletableFuture<Outcome> result, Function<End, Outcome> how) {
        CompletableFuture<Outcome> over = new CompletableFuture<>();
        ended.await(over);
        var _ = over.whenComplete((outcome, _) -> {
            End known = end;
            result.complete(known == null ? outcome : how.apply(known));
        });
    }

    boolean isEstablished() {
        return state == State.TALKING || state == State.HOLDING;
    }

    void ringing(int status, String reason) {
        if (state == State.TRYING) {
            state = State.RINGING;
        }
        ringing.complete(Outcome.ok(status, reason));
    }

    void established(int status, String reason) {
        if (state == State.ENDED) {
            return;
        }
        if (!isEstablished()) {
            state = State.TALKING;
        }
        ringing.complete(Outcome.ok(status, reason));
        answered.complete(Outcome.ok(status, reason));
        reinvites.next();
    }

    void held(boolean byThisPhone) {
        if (isEstablished()) {
            state = byThisPhone ? State.HOLDING : State.TALKING;
        }
    }

    void end(End how) {
        if (state == State.ENDED) {
            return;
        }
        end = how;
        state = State.ENDED;
        audio.close();
        Outcome failed = Outcome.failed(how.status(), how.reason());
        ringing.complete(failed);
        answered.complete(failed);
        ended.complete(Outcome.ok(how.status(), how.reason()));
        reinvites.ended();
        agent.ended(this);
    }
}
