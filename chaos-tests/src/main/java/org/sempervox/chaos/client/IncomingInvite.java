package org.sempervox.chaos.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The callee's side of setting up a call: RFC 3261 §13.3. */
final class IncomingInvite {
    final ServerTransaction transaction;
    private final UserAgent agent;
    private final Call call;
    private final String localTag = Ids.token();
    private final @Nullable Sdp offer;
    private @Nullable String description;
    private @Nullable Timer next;

    IncomingInvite(UserAgent agent, Call call, ServerTransaction transaction) {
        this.agent = agent;
        this.call = call;
        this.transaction = transaction;
        this.offer = transaction.request.sdp();
        call.dialog = Dialog.ofCallee(transaction.request, localTag);
    }

    void start() {
        Duration silence = agent.config.ringAfter();
        if (silence.isZero()) {
            ring();
        } else {
            transaction.respond(SipMessage.responseTo(transaction.request, 100));
            next = agent.loop.after(silence, this::ring);
        }
    }

    private SipMessage response(int status) {
        SipMessage response = SipMessage.responseTo(transaction.request, status);
        response.set("To", transaction.request.get("To") + ";tag=" + localTag);
        if (status < 300) {
            response.add("Contact", agent.contact()).add("Allow", UserAgent.ALLOW);
        }
        return response;
    }

    private void ring() {
        transaction.respond(response(180));
        if (agent.config.earlyMedia() && offer != null) {
            description = call.media.answer(offer);
            transaction.respond(response(183).describe(description));
        }
        call.ringing(180, "Ringing");
        if (agent.config.autoAnswer().isPresent()) {
            next = agent.loop.after(agent.config.autoAnswer().get(), () -> answer(new CompletableFuture<>()));
        }
    }

    void answer(CompletableFuture<Outcome> result) {
        stopTimer();
        if (transaction.isAnswered()) {
            call.whenAnswered(result);
            return;
        }
        if (description == null) {
            description = offer == null ? call.media.offer(null) : call.media.answer(offer);
        }
        call.whenAnswered(result);
        call.acks.expect(transaction, this::acknowledged);
        transaction.whenNotAcknowledged(() -> {
            call.acks.forget(transaction);
            call.reinvites.bye(new CompletableFuture<>());
        });
        transaction.respond(response(200).describe(description));
    }

    private void acknowledged(SipMessage ack) {
        Sdp answer = ack.sdp();
        if (offer == null && answer != null) {
            call.media.answered(answer);
        } else if (offer == null) {
            agent.trace.violation(Trace.Rule.MALFORMED, call.callId(), "ACK without the owed answer");
        }
        call.established(200, "OK");
    }

    void reject(int status, CompletableFuture<Outcome> result) {
        stopTimer();
        if (transaction.isAnswered()) {
            result.complete(Outcome.failed(0, "already answered"));
            return;
        }
        transaction.respond(response(status));
        call.end(new Call.End(Call.Side.LOCAL, status, Reasons.of(status)));
        result.complete(Outcome.ok(status, Reasons.of(status)));
    }

    /** CANCEL or an early BYE: the INVITE ends with 487 if it had no final response. */
    void cancelled() {
        stopTimer();
        if (!transaction.isAnswered()) {
            transaction.respond(response(487));
            call.end(new Call.End(Call.Side.REMOTE, 487, "cancelled"));
        }
    }

    SipMessage cancelResponse(SipMessage cancel) {
        return SipMessage.responseTo(cancel, 200).set("To", cancel.get("To") + ";tag=" + localTag);
    }

    private void stopTimer() {
        if (next != null) {
            next.cancel();
        }
    }
}
