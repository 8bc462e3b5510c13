package org.sempervox.chaos.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The caller's side of setting up a call: RFC 3261 §13.2 and §9.1. */
final class OutgoingInvite implements ClientTransaction.User {
    private final UserAgent agent;
    private final Call call;
    private final String number;
    private final Exchange exchange;
    private boolean withOffer;
    private boolean cancelled;
    private long cseq = 1;
    private @Nullable String finalTag;

    OutgoingInvite(UserAgent agent, Call call, String number) {
        this.agent = agent;
        this.call = call;
        this.number = number;
        this.exchange = new Exchange(agent, () -> ++cseq, this);
    }

    void start(boolean offer) {
        withOffer = offer;
        Account account = agent.config.account();
        String uri = number.contains(":") ? number : "sip:" + number + "@" + account.domain();
        SipMessage invite = SipMessage.request("INVITE", uri)
                .add("Max-Forwards", "70")
                .add("From", "<" + account.addressOfRecord() + ">;tag=" + Ids.token())
                .add("To", "<" + uri + ">")
                .add("Call-ID", call.callId())
                .add("CSeq", cseq + " INVITE")
                .add("Contact", agent.contact())
                .add("Allow", UserAgent.ALLOW);
        if (offer) {
            invite.describe(call.media.offer(null));
        }
        exchange.start(invite, agent.config.server());
    }

    /** The CANCEL goes out after the first provisional response. */
    void cancel(CompletableFuture<Outcome> result) {
        ClientTransaction invite = exchange.current();
        if (invite == null || invite.hasFinal() || call.state() == Call.State.ENDED) {
            result.complete(Outcome.failed(0, "nothing to cancel"));
            return;
        }
        call.whenEnded(result, end -> Outcome.ok(end.status(), end.reason()));
        if (cancelled) {
            return;
        }
        cancelled = true;
        exchange.whenProceeding(this::sendCancel);
    }

    private void sendCancel(ClientTransaction invite) {
        SipMessage cancel = SipMessage.request("CANCEL", invite.request.uri)
                .add("Via", invite.request.topVia())
                .add("Max-Forwards", "70")
                .add("From", invite.request.get("From"))
                .add("To", invite.request.get("To"))
                .add("Call-ID", call.callId())
                .add("CSeq", invite.request.cseq() + " CANCEL");
        agent.transactions.send(cancel, invite.target, UserAgent.IGNORE);
        invite.limit();
    }

    @Override
    public void responded(ClientTransaction transaction, SipMessage response) {
        if (response.isProvisional()) {
            progress(response);
        } else if (response.isSuccess()) {
            accepted(transaction, response);
        } else {
            call.end(new Call.End(Call.Side.REMOTE, response.status, response.reason));
        }
    }

    private void progress(SipMessage response) {
        if (response.status > 100) {
            Sdp early = response.sdp();
            if (early != null && withOffer) {
                call.media.answered(early);
            }
            call.ringing(response.status, response.reason);
        }
    }

    private void accepted(ClientTransaction transaction, SipMessage response) {
        if (finalTag != null && !finalTag.equals(response.toTag())) {
            agent.trace.violation(Trace.Rule.TO_TAG_CHANGED, call.callId(), "second 2xx with tag " + response.toTag());
            dismiss(transaction, response);
            return;
        }
        if (call.acks.repeat(transaction.request.cseq())) {
            return;
        }
        finalTag = response.toTag();
        Dialog dialog = Dialog.ofCaller(transaction.request, response);
        call.dialog = dialog;
        Sdp remote = response.sdp();
        String answer = "";
        if (withOffer && remote != null) {
            call.media.answered(remote);
        } else if (remote != null) {
            answer = call.media.answer(remote);
        }
        call.acks.send(dialog, transaction.request, answer);
        if (call.state() == Call.State.ENDED) {
            dismissQuietly(dialog);
        } else if (cancelled) {
            call.reinvites.bye(new CompletableFuture<>());
        } else {
            if (remote == null) {
                agent.trace.violation(Trace.Rule.MALFORMED, call.callId(), "2xx to INVITE without a description");
            }
            call.established(response.status, response.reason);
        }
    }

    /** A second dialog of the same INVITE is acknowledged and ended at once (RFC 3261 §13.2.2.4). */
    private void dismiss(ClientTransaction transaction, SipMessage response) {
        Dialog stray = Dialog.ofCaller(transaction.request, response);
        new Acknowledgements(agent).send(stray, transaction.request, "");
        dismissQuietly(stray);
    }

    private void dismissQuietly(Dialog dialog) {
        new Exchange(agent, dialog::nextCseq, UserAgent.IGNORE)
                .start(dialog.request("BYE", dialog.nextCseq()), agent.hop(dialog));
    }

    @Override
    public void timedOut(ClientTransaction transaction) {
        call.end(new Call.End(Call.Side.NOBODY, 408, "no final response to INVITE"));
    }
}
