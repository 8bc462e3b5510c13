package org.sempervox.chaos.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What happens inside an established call: re-INVITE and UPDATE both ways (RFC 3261 §14, RFC 3311) and BYE (§15). */
final class Reinvites implements ClientTransaction.User {
    private record Change(@Nullable HoldStyle hold, boolean withOffer, CompletableFuture<Outcome> result) {}

    private final UserAgent agent;
    private final Call call;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private @Nullable Change current;
    private @Nullable HoldStyle before;
    private boolean inFlight;
    private boolean leaving;

    Reinvites(UserAgent agent, Call call) {
        this.agent = agent;
        this.call = call;
    }

    void change(@Nullable HoldStyle hold, boolean withOffer, CompletableFuture<Outcome> result) {
        if (!call.isEstablished()) {
            result.complete(Outcome.failed(0, "no established call: " + call.state()));
            return;
        }
        waiting.add(new Change(hold, withOffer, result));
        next();
    }

    /** The next re-INVITE, unless an INVITE of either side is under way (§14.1). */
    void next() {
        Dialog dialog = call.dialog;
        if (dialog == null || current != null || call.acks.isOwed() || !call.isEstablished() || leaving) {
            return;
        }
        Change change = waiting.poll();
        while (change != null && change.result.isDone()) {
            change = waiting.poll();
        }
        if (change != null) {
            current = change;
            before = call.media.hold();
            send(dialog, change);
        }
    }

    private void send(Dialog dialog, Change change) {
        SipMessage invite = dialog.request("INVITE", dialog.nextCseq())
                .add("Contact", agent.contact())
                .add("Allow", UserAgent.ALLOW);
        if (change.withOffer) {
            invite.describe(call.media.offer(change.hold));
        }
        inFlight = true;
        new Exchange(agent, dialog::nextCseq, this).start(invite, agent.hop(dialog));
    }

    @Override
    public void responded(ClientTransaction transaction, SipMessage response) {
        Dialog dialog = call.dialog;
        if (response.isProvisional() || dialog == null) {
            return;
        }
        if (response.isSuccess() && call.acks.repeat(transaction.request.cseq())) {
            return;
        }
        inFlight = false;
        Change change = current;
        if (response.isSuccess()) {
            dialog.refresh(response);
            String answer = take(change, response.sdp());
            call.acks.send(dialog, transaction.request, answer);
            finish(Outcome.ok(response.status, response.reason));
        } else if (response.status == 491 && change != null && call.isEstablished()) {
            call.media.refused(before);
            backOff(dialog, change);
        } else {
            call.media.refused(before);
            finish(Outcome.failed(response.status, response.reason));
            if (response.status == 481) {
                call.end(new Call.End(Call.Side.REMOTE, 481, "dialog unknown to the peer"));
            }
        }
    }

    private String take(@Nullable Change change, @Nullable Sdp remote) {
        if (remote == null) {
            agent.trace.violation(Trace.Rule.MALFORMED, call.callId(), "2xx to re-INVITE without a description");
            return "";
        }
        if (change != null && !change.withOffer) {
            return call.media.answer(remote);
        }
        call.media.answered(remote);
        return "";
    }

    private void backOff(Dialog dialog, Change change) {
        long millis = call.isOutgoing() ? Ids.backOffMillis(2100, 4000) : Ids.backOffMillis(0, 2000);
        agent.loop.after(Duration.ofMillis(millis), () -> retry(dialog, change));
    }

    private void retry(Dialog dialog, Change change) {
        if (!change.equals(current)) {
            return;
        }
        if (change.result.isDone() || !call.isEstablished()) {
            finish(Outcome.failed(491, "gave up"));
        } else if (call.acks.isOwed()) {
            agent.loop.after(Duration.ofMillis(20), () -> retry(dialog, change));
        } else {
            before = call.media.hold();
            send(dialog, change);
        }
    }

    private void finish(Outcome outcome) {
        Change change = current;
        current = null;
        if (change != null) {
            call.held(call.media.hold() != null);
            change.result.complete(outcome);
        }
        next();
    }

    @Override
    public void timedOut(ClientTransaction transaction) {
        inFlight = false;
        call.media.refused(before);
        finish(Outcome.unknown("no response to re-INVITE"));
    }

    /** The call is over: nothing waits any longer. */
    void ended() {
        Change change = current;
        current = null;
        Outcome over = Outcome.failed(0, "call ended");
        if (change != null) {
            change.result.complete(over);
        }
        waiting.forEach(left -> left.result.complete(over));
        waiting.clear();
    }

    void bye(CompletableFuture<Outcome> result) {
        Dialog dialog = call.dialog;
        if (dialog == null || leaving || call.state() == Call.State.ENDED) {
            result.complete(Outcome.failed(0, "no established call: " + call.state()));
            return;
        }
        leaving = true;
        new Exchange(agent, dialog::nextCseq, new ClientTransaction.User() {
                    @Override
                    public void responded(ClientTransaction transaction, SipMessage response) {
                        if (!response.isProvisional()) {
                            result.complete(
                                    response.isSuccess()
                                            ? Outcome.ok(response.status, response.reason)
                                            : Outcome.failed(response.status, response.reason));
                            call.end(new Call.End(Call.Side.LOCAL, response.status, "BYE sent"));
                        }
                    }

                    @Override
                    public void timedOut(ClientTransaction transaction) {
                        result.complete(Outcome.unknown("no response to BYE"));
                        call.end(new Call.End(Call.Side.LOCAL, 408, "BYE without response"));
                    }
                })
                .start(dialog.request("BYE", dialog.nextCseq()), agent.hop(dialog));
    }

    void options(CompletableFuture<Outcome> result) {
        Dialog dialog = call.dialog;
        if (dialog == null || !call.isEstablished()) {
            result.complete(Outcome.failed(0, "no established call: " + call.state()));
            return;
        }
        new Exchange(agent, dialog::nextCseq, new ClientTransaction.User() {
                    @Override
                    public void responded(ClientTransaction transaction, SipMessage response) {
                        if (!response.isProvisional()) {
                            result.complete(
                                    response.isSuccess()
                                            ? Outcome.ok(response.status, response.reason)
                                            : Outcome.failed(response.status, response.reason));
                        }
                    }

                    @Override
                    public void timedOut(ClientTransaction transaction) {
                        result.complete(Outcome.unknown("no response to OPTIONS"));
                    }
                })
                .start(dialog.request("OPTIONS", dialog.nextCseq()), agent.hop(dialog));
    }

    boolean isLeaving() {
        return leaving;
    }

    /** A re-INVITE or UPDATE of the peer. */
    void offered(ServerTransaction transaction) {
        SipMessage request = transaction.request;
        boolean invite = request.method.equals("INVITE");
        if (inFlight && (invite || request.sdp() != null)) {
            transaction.respond(SipMessage.responseTo(request, 491));
            return;
        }
        Dialog dialog = call.dialog;
        if (dialog == null) {
            transaction.respond(SipMessage.responseTo(request, 481));
            return;
        }
        dialog.refresh(request);
        SipMessage ok = SipMessage.responseTo(request, 200)
                .add("Contact", agent.contact())
                .add("Allow", UserAgent.ALLOW);
        Sdp offer = request.sdp();
        if (offer != null) {
            ok.describe(call.media.answer(offer));
        } else if (invite) {
            ok.describe(call.media.offer(call.media.hold()));
        }
        if (invite) {
            call.acks.expect(transaction, ack -> acknowledged(ack, offer == null));
            transaction.whenNotAcknowledged(() -> {
                call.acks.forget(transaction);
                bye(new CompletableFuture<>());
            });
        }
        transaction.respond(ok);
    }

    private void acknowledged(SipMessage ack, boolean answerOwed) {
        Sdp answer = ack.sdp();
        if (answerOwed && answer != null) {
            call.media.answered(answer);
        } else if (answerOwed) {
            agent.trace.violation(Trace.Rule.MALFORMED, call.callId(), "ACK without the owed answer");
        }
        next();
    }
}
