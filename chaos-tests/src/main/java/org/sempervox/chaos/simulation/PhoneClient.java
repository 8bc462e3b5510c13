package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.simulation.PhoneDialog.Phase;
import org.sempervox.chaos.simulation.SimulatedPhone.Moment;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A phone's client transactions (RFC 3261 §17.1) and what it does with the answers. */
final class PhoneClient {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private final SimulatedPhone phone;
    private final Map<String, Transaction> transactions = new LinkedHashMap<>();

    private static final class Transaction {
        final PhoneDialog dialog;
        final SipRequest request;
        final String direction;
        boolean heard;
        boolean cancelWanted;
        boolean cancelled;
        boolean done;
        boolean accepted;

        @Nullable
        SipRequest ack;

        Transaction(PhoneDialog dialog, SipRequest request, String direction) {
            this.dialog = dialog;
            this.request = request;
            this.direction = direction;
        }

        boolean invite() {
            return request.method().equals("INVITE");
        }
    }

    PhoneClient(SimulatedPhone phone) {
        this.phone = phone;
    }

    /** {@code direction} is what an INVITE offers; empty for none. */
    void send(PhoneDialog dialog, SipRequest request, String direction) {
        var transaction = new Transaction(dialog, request, direction);
        transactions.put(request.method() + request.branch(), transaction);
        transmit(transaction, T1);
        phone.timeline.after(T1.multipliedBy(64), () -> expire(transaction));
    }

    private void transmit(Transaction transaction, Duration pause) {
        if (transaction.done || transaction.invite() && transaction.heard) {
            phone.timeline.nothing();
            return;
        }
        phone.send(transaction.request);
        Duration next = pause.multipliedBy(2);
        Duration capped = !transaction.invite() && next.compareTo(T2) > 0 ? T2 : next;
        phone.timeline.after(pause, () -> transmit(transaction, capped));
    }

    private void expire(Transaction transaction) {
        if (transaction.done || transaction.invite() && transaction.heard) {
            phone.timeline.nothing();
            return;
        }
        transaction.done = true;
        phone.complaints.add(transaction.request.method() + " timed out");
        if (transaction.invite()) {
            transaction.dialog.end("no answer to INVITE", phone.timeline.now());
        }
    }

    boolean inviting(PhoneDialog dialog) {
        return transactions.values().stream().anyMatch(open -> open.dialog == dialog && open.invite() && !open.done);
    }

    boolean idle() {
        return transactions.values().stream().allMatch(open -> open.done);
    }

    void cancel() {
        for (Transaction open : java.util.List.copyOf(transactions.values())) {
            boolean initial = open.invite() && open.dialog.phase == Phase.CALLING;
            if (initial && !open.done && !open.cancelled) {
                open.cancelWanted = true;
                if (open.heard) {
                    sendCancel(open);
                }
            }
        }
    }

    private void sendCancel(Transaction invite) {
        invite.cancelWanted = false;
        invite.cancelled = true;
        SipRequest sent = invite.request;
        var cancel = new SipRequest(
                "CANCEL",
                sent.uri(),
                sent.via(),
                sent.from(),
                sent.to(),
                sent.callId(),
                sent.cseq(),
                70,
                sent.route(),
                java.util.List.of(),
                null,
                Map.of(),
                null,
                "");
        send(invite.dialog, cancel, "");
    }

    void receive(SipResponse response) {
        Transaction transaction = transactions.get(response.method() + response.branch());
        if (transaction == null) {
            return;
        }
        if (response.status() < 200) {
            provisional(transaction, response);
            return;
        }
        if (transaction.done) {
            boolean accepted = response.status() < 300;
            if (transaction.ack != null && accepted == transaction.accepted) {
                phone.send(transaction.ack);
            }
            return;
        }
        transaction.done = true;
        if (!transaction.invite()) {
            if (response.status() >= 300) {
                phone.complaints.add(response.status() + " to " + response.method());
            }
        } else if (response.status() < 300) {
            accepted(transaction, response);
        } else {
            refused(transaction, response);
        }
    }

    private void provisional(Transaction transaction, SipResponse response) {
        if (transaction.done) {
            return;
        }
        transaction.heard = true;
        if (transaction.cancelWanted) {
            sendCancel(transaction);
        }
        PhoneDialog dialog = transaction.dialog;
        if (transaction.invite() && response.status() > 100 && dialog.phase == Phase.CALLING) {
            boolean first = dialog.remoteTag == null;
            dialog.remoteTag = response.to().tag();
            if (first) {
                phone.happened(Moment.RINGING);
            }
        }
    }

    private void accepted(Transaction transaction, SipResponse response) {
        PhoneDialog dialog = transaction.dialog;
        transaction.accepted = true;
        boolean initial = dialog.phase == Phase.CALLING;
        if (initial) {
            dialog.remoteTag = response.to().tag();
            dialog.phase = Phase.ESTABLISHED;
            dialog.answered = true;
            dialog.answeredAt = phone.timeline.now();
        }
        if (response.contact() != null) {
            dialog.target = response.contact().uri();
        }
        if (!response.hasSdp()) {
            phone.complaints.add("2xx without SDP");
        }
        String answer = dialog.hear(response.body());
        boolean offered = transaction.request.hasSdp();
        String body = offered ? "" : dialog.sdp(answer);
        SipRequest ack = dialog.request("ACK", response.cseq(), phone.branch(), body);
        transaction.ack = ack;
        phone.send(ack);
        if (!initial) {
            phone.happened(Moment.OFFER_DONE);
        } else if (transaction.cancelled || transaction.cancelWanted) {
            // RFC 3261 §9.1: the 2xx overtook the CANCEL.
            dialog.end("hung-up", phone.timeline.now());
            phone.bye(dialog);
        } else {
            phone.happened(Moment.ESTABLISHED);
        }
    }

    private void refused(Transaction transaction, SipResponse response) {
        PhoneDialog dialog = transaction.dialog;
        SipRequest sent = transaction.request;
        var ack = new SipRequest(
                "ACK",
                sent.uri(),
                sent.via(),
                sent.from(),
                response.to(),
                sent.callId(),
                sent.cseq(),
                70,
                sent.route(),
                java.util.List.of(),
                null,
                Map.of(),
                null,
                "");
        transaction.ack = ack;
        phone.send(ack);
        if (dialog.phase == Phase.CALLING) {
            dialog.end("refused " + response.status(), phone.timeline.now());
        } else if (dialog.phase == Phase.ESTABLISHED && response.status() == 491) {
            // RFC 3261 §14.1: the owner of the Call-ID waits 2.1–4 s, the other 0–2 s.
            Duration pause = dialog.caller ? Duration.ofMillis(2600) : Duration.ofMillis(900);
            phone.timeline.after(pause, () -> phone.offer(dialog, transaction.direction));
        } else if (dialog.phase == Phase.ESTABLISHED) {
            phone.happened(Moment.OFFER_DONE);
        }
    }
}
