package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3261 §17.2 over UDP. The last response is repeated for every retransmitted request, also a 2xx; the 2xx of an INVITE
 * is besides retransmitted from here until {@link #acknowledged} (RFC 3261 §13.3.1.4).
 */
final class ServerTransaction {
    private enum State {
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        CONFIRMED,
        TERMINATED
    }

    final SipMessage request;
    private final Transactions owner;
    private InetSocketAddress target;
    private State state = State.PROCEEDING;
    private Duration interval = Transactions.T1;
    private @Nullable SipMessage last;
    private @Nullable Timer retransmit;
    private @Nullable Timer end;
    private Runnable onNoAck = () -> {};

    ServerTransaction(Transactions owner, SipMessage request, InetSocketAddress source) {
        this.owner = owner;
        this.request = request;
        this.target = SipSocket.responseTarget(request, source);
    }

    boolean isAnswered() {
        return state != State.PROCEEDING;
    }

    /** Whether it was answered with a 2xx, whose ACK belongs to the dialog and not to this transaction. */
    boolean succeeded() {
        return last != null && last.isSuccess();
    }

    /** Runs if a 2xx to INVITE is never acknowledged. */
    void whenNotAcknowledged(Runnable action) {
        onNoAck = action;
    }

    void respond(SipMessage response) {
        if (state != State.PROCEEDING) {
            return;
        }
        last = response;
        owner.socket.send(response, target);
        if (response.isProvisional()) {
            return;
        }
        boolean invite = request.method.equals("INVITE");
        state = invite && response.isSuccess() ? State.ACCEPTED : State.COMPLETED;
        if (invite) {
            retransmit = owner.loop.after(interval, this::repeat);
        }
        end = owner.loop.after(Transactions.LIFETIME, this::expire);
    }

    private void repeat() {
        if (last != null) {
            owner.socket.send(last, target);
        }
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(Transactions.T2) > 0 ? Transactions.T2 : doubled;
        retransmit = owner.loop.after(interval, this::repeat);
    }

    private void expire() {
        boolean unacknowledged = state == State.ACCEPTED;
        terminate();
        if (unacknowledged) {
            onNoAck.run();
        }
    }

    void retransmitted(SipMessage again, InetSocketAddress source) {
        target = SipSocket.responseTarget(again, source);
        if (last != null && state != State.TERMINATED) {
            owner.socket.send(last, target);
        }
    }

    /** The ACK has come: of the transaction for a non-2xx, of the dialog for a 2xx. */
    void acknowledged() {
        if (state == State.COMPLETED || state == State.ACCEPTED) {
            boolean success = state == State.ACCEPTED;
            state = State.CONFIRMED;
            stop(retransmit);
            if (!success) {
                stop(end);
                end = owner.loop.after(Transactions.T4, this::terminate);
            }
        }
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
