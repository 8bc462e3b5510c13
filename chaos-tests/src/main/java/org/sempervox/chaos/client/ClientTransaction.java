package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3261 §17.1 over UDP, with the accepted state of RFC 6026 §7.2: after a 2xx the transaction stays for 64*T1 and hands
 * on every retransmission, for which its user owes an ACK.
 */
final class ClientTransaction {
    /** Told of each response but repeated non-2xx finals; {@link #timedOut} if none came, or the final one did not. */
    interface User {
        void responded(ClientTransaction transaction, SipMessage response);

        void timedOut(ClientTransaction transaction);
    }

    private enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    final SipMessage request;
    final InetSocketAddress target;
    private final Transactions owner;
    private final User user;
    private State state = State.TRYING;
    private Duration interval = Transactions.T1;
    private @Nullable Timer retransmit;
    private @Nullable Timer end;
    private @Nullable SipMessage ack;
    private String finalTag = "";
    private @Nullable Runnable onProvisional;

    ClientTransaction(Transactions owner, SipMessage request, InetSocketAddress target, User user) {
        this.owner = owner;
        this.request = request;
        this.target = target;
        this.user = user;
    }

    private boolean invite() {
        return request.method.equals("INVITE");
    }

    void start() {
        owner.socket.send(request, target);
        retransmit = owner.loop.after(interval, this::retransmit);
        end = owner.loop.after(Transactions.LIFETIME, this::timeout);
    }

    private void retransmit() {
        owner.socket.send(request, target);
        Duration doubled = interval.multipliedBy(2);
        boolean capped = !invite() && (state == State.PROCEEDING || doubled.compareTo(Transactions.T2) > 0);
        interval = capped ? Transactions.T2 : doubled;
        retransmit = owner.loop.after(interval, this::retransmit);
    }

    private void timeout() {
        terminate();
        user.timedOut(this);
    }

    boolean isProceeding() {
        return state == State.PROCEEDING;
    }

    boolean hasFinal() {
        return state == State.COMPLETED || state == State.ACCEPTED;
    }

    /** For CANCEL, which must not overtake the first provisional response (RFC 3261 §9.1). */
    void whenProceeding(Runnable action) {
        if (state == State.PROCEEDING) {
            action.run();
        } else if (state == State.TRYING) {
            onProvisional = action;
        }
    }

    /** After CANCEL: gives the INVITE another 64*T1 to end (RFC 3261 §9.1). */
    void limit() {
        if (state == State.TRYING || state == State.PROCEEDING) {
            stop(end);
            end = owner.loop.after(Transactions.LIFETIME, this::timeout);
        }
    }

    void received(SipMessage response) {
        switch (state) {
            case TRYING, PROCEEDING -> progress(response);
            case COMPLETED -> {
                if (ack != null && !response.isProvisional()) {
                    compareTags(response);
                    owner.socket.send(ack, target);
                }
            }
            case ACCEPTED -> {
                if (response.isSuccess()) {
                    user.responded(this, response);
                }
            }
            case TERMINATED -> {}
        }
    }

    private void progress(SipMessage response) {
        if (response.isProvisional()) {
            state = State.PROCEEDING;
            if (invite()) {
                stop(retransmit);
                stop(end);
            }
            user.responded(this, response);
            Runnable waiting = onProvisional;
            onProvisional = null;
            if (waiting != null) {
                waiting.run();
            }
            return;
        }
        stop(retransmit);
        stop(end);
        if (!invite()) {
            state = State.COMPLETED;
            end = owner.loop.after(Transactions.T4, this::terminate);
        } else if (response.isSuccess()) {
            state = State.ACCEPTED;
            end = owner.loop.after(Transactions.LIFETIME, this::terminate);
        } else {
            state = State.COMPLETED;
            finalTag = response.toTag();
            ack = ackFor(response);
            owner.socket.send(ack, target);
            end = owner.loop.after(Transactions.LIFETIME, this::terminate);
        }
        user.responded(this, response);
    }

    private void compareTags(SipMessage response) {
        if (!finalTag.equals(response.toTag())) {
            owner.socket.violation(Trace.Rule.TO_TAG_CHANGED, response, finalTag + " then " + response.toTag());
        }
    }

    /** RFC 3261 §17.1.1.3. */
    private SipMessage ackFor(SipMessage response) {
        SipMessage message = SipMessage.request("ACK", request.uri)
                .add("Via", request.topVia())
                .add("Max-Forwards", "70");
        request.values("Route").forEach(route -> message.add("Route", route));
        return message.add("From", request.get("From"))
                .add("To", response.get("To"))
                .add("Call-ID", request.callId())
                .add("CSeq", request.cseq() + " ACK");
    }

    private void terminate() {
        state = State.TERMINATED;
        stop(retransmit);
        stop(end);
        owner.remove(this);
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
