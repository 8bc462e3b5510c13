package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.simulation.PhoneDialog.Phase;
import org.sempervox.chaos.simulation.SimulatedPhone.Moment;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A phone's server transactions (RFC 3261 §17.2) and what it answers. Transactions are forgotten as timers H, I and J have it. */
final class PhoneServer {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Duration T4 = Duration.ofSeconds(5);

    private final SimulatedPhone phone;
    private final Map<String, Transaction> transactions = new LinkedHashMap<>();

    private static final class Transaction {
        final SipRequest request;
        final PhoneDialog dialog;

        @Nullable
        SipResponse last;

        boolean acknowledged;
        boolean forgotten;

        Transaction(SipRequest request, PhoneDialog dialog) {
            this.request = request;
            this.dialog = dialog;
        }

        boolean waits() {
            return last == null || last.status() < 200;
        }

        boolean initial() {
            return request.to().tag() == null;
        }
    }

    PhoneServer(SimulatedPhone phone) {
        this.phone = phone;
    }

    boolean inviting(PhoneDialog dialog) {
        return transactions.values().stream()
                .anyMatch(open -> open.dialog == dialog
                        && open.request.method().equals("INVITE")
                        && (open.waits() || !open.acknowledged));
    }

    /** Its 200 to the first INVITE has no ACK yet. */
    boolean answering(PhoneDialog dialog) {
        return transactions.values().stream()
                .anyMatch(open -> open.dialog == dialog
                        && open.request.method().equals("INVITE")
                        && open.initial()
                        && !open.acknowledged);
    }

    boolean idle() {
        return transactions.values().stream().noneMatch(Transaction::waits);
    }

    void receive(SipRequest request) {
        String method = request.method();
        Transaction known = transactions.get(method + request.branch());
        if (method.equals("ACK")) {
            acknowledged(request);
        } else if (known != null) {
            if (known.last != null) {
                phone.send(known.last);
            }
        } else if (method.equals("CANCEL")) {
            cancelled(request);
        } else if (method.equals("INVITE") && request.to().tag() == null) {
            rung(request);
        } else {
            inDialog(request);
        }
    }

    private Transaction open(SipRequest request, PhoneDialog dialog) {
        var transaction = new Transaction(request, dialog);
        transactions.put(request.method() + request.branch(), transaction);
        return transaction;
    }

    private void rung(SipRequest request) {
        phone.rings++;
        for (PhoneDialog known : phone.dialogs) {
            if (known.callId.equals(request.callId())) {
                phone.rangAgain.add(request.callId());
            }
        }
        NameAddr contact = request.contact();
        var dialog = new PhoneDialog(
                phone.host(),
                request.callId(),
                phone.fresh("tag"),
                NameAddr.of("sip:" + phone.number + "@sempervox"),
                request.from(),
                contact == null ? request.from().uri() : contact.uri(),
                Phase.RINGING);
        dialog.remoteTag = request.from().tag();
        dialog.remoteSeq = request.cseq();
        phone.dialogs.add(dialog);
        Transaction transaction = open(request, dialog);
        if (request.hasSdp()) {
            dialog.hear(request.body());
        }
        phone.timeline.after(phone.ringAfter, () -> ringOn(transaction));
    }

    private void ringOn(Transaction transaction) {
        if (!transaction.waits()) {
            return;
        }
        if (phone.refuseWith != 0) {
            finish(transaction, phone.refuseWith, "");
            transaction.dialog.end("refused with " + phone.refuseWith, phone.timeline.now());
            return;
        }
        boolean early = phone.earlyMedia && transaction.request.hasSdp();
        respond(transaction, early ? 183 : 180, early ? transaction.dialog.sdp("sendrecv") : "");
        phone.happened(Moment.RINGING);
        if (phone.answerAfter != null) {
            phone.timeline.after(phone.answerAfter, () -> answer(transaction));
        }
    }

    private void answer(Transaction transaction) {
        if (!transaction.waits()) {
            return;
        }
        PhoneDialog dialog = transaction.dialog;
        dialog.phase = Phase.ESTABLISHED;
        dialog.answered = true;
        dialog.answeredAt = phone.timeline.now();
        SipResponse early = transaction.last;
        String body = early != null && early.hasSdp() ? early.body() : dialog.sdp("sendrecv");
        finish(transaction, 200, body);
        phone.happened(Moment.ANSWERED);
    }

    private void inDialog(SipRequest request) {
        PhoneDialog dialog = null;
        for (PhoneDialog one : phone.dialogs) {
            boolean ours = one.callId.equals(request.callId())
                    && one.localTag.equals(request.to().tag());
            if (ours && request.from().tag() != null && request.from().tag().equals(one.remoteTag)) {
                dialog = one;
            }
        }
        if (dialog == null || dialog.phase == Phase.CALLING) {
            phone.send(stranger(request, 481));
            return;
        }
        if (request.cseq() <= dialog.remoteSeq) {
            phone.send(dialog.response(request, 500, ""));
            return;
        }
        dialog.remoteSeq = request.cseq();
        Transaction transaction = open(request, dialog);
        switch (request.method()) {
            case "BYE" -> bye(transaction);
            case "INVITE" -> offered(transaction);
            default -> respond(transaction, 200, "");
        }
        if (!request.method().equals("INVITE")) {
            phone.timeline.after(T1.multipliedBy(64), () -> forget(transaction));
        }
    }

    private static SipResponse stranger(SipRequest request, int status) {
        return new SipResponse(
                status,
                "-",
                request.via(),
                request.from(),
                request.to(),
                request.callId(),
                request.cseq(),
                request.method(),
                java.util.List.of(),
                null,
                Map.of(),
                null,
                "");
    }

    private void bye(Transaction transaction) {
        PhoneDialog dialog = transaction.dialog;
        boolean over = dialog.phase == Phase.ENDED && !dialog.end.equals("hung-up");
        respond(transaction, over ? 481 : 200, "");
        dialog.end(dialog.phase == Phase.RINGING ? "missed" : "was-ended", phone.timeline.now());
        for (Transaction open : java.util.List.copyOf(transactions.values())) {
            if (open.dialog == dialog && open.request.method().equals("INVITE") && open.waits()) {
                finish(open, 487, "");
            }
        }
    }

    /** A re-INVITE (RFC 3261 §14.2). */
    private void offered(Transaction transaction) {
        PhoneDialog dialog = transaction.dialog;
        if (dialog.phase != Phase.ESTABLISHED) {
            finish(transaction, 481, "");
        } else if (phone.offering(dialog)) {
            finish(transaction, 491, "");
        } else if (phone.refuseOffersWith != 0) {
            finish(transaction, phone.refuseOffersWith, "");
        } else {
            respond(transaction, 100, "");
            phone.happened(Moment.OFFERED);
            phone.timeline.after(phone.answerOffersAfter, () -> takeOffer(transaction));
        }
    }

    private void takeOffer(Transaction transaction) {
        if (!transaction.waits()) {
            return;
        }
        PhoneDialog dialog = transaction.dialog;
        SipRequest request = transaction.request;
        if (request.contact() != null) {
            dialog.target = request.contact().uri();
        }
        String direction = request.hasSdp() ? dialog.hear(request.body()) : dialog.direction;
        finish(transaction, 200, dialog.sdp(direction));
    }

    private void cancelled(SipRequest cancel) {
        Transaction invite = transactions.get("INVITE" + cancel.branch());
        if (invite == null) {
            phone.send(stranger(cancel, 481));
            return;
        }
        Transaction transaction = open(cancel, invite.dialog);
        respond(transaction, 200, "");
        phone.timeline.after(T1.multipliedBy(64), () -> forget(transaction));
        if (invite.waits()) {
            finish(invite, 487, "");
            if (invite.initial()) {
                invite.dialog.end("missed", phone.timeline.now());
            }
        }
    }

    private void respond(Transaction transaction, int status, String body) {
        SipResponse response = transaction.dialog.response(transaction.request, status, body);
        transaction.last = response;
        phone.send(response);
    }

    /** A final response to an INVITE: repeated until its ACK (§13.3.1.4, timer G), at most 64·T1. */
    private void finish(Transaction transaction, int status, String body) {
        respond(transaction, status, body);
        repeat(transaction, T1);
        phone.timeline.after(T1.multipliedBy(64), () -> expire(transaction));
    }

    private void repeat(Transaction transaction, Duration pause) {
        Duration next = pause.multipliedBy(2).compareTo(T2) > 0 ? T2 : pause.multipliedBy(2);
        phone.timeline.after(pause, () -> {
            if (!transaction.acknowledged && transaction.last != null && !transaction.forgotten) {
                phone.send(transaction.last);
                repeat(transaction, next);
            } else {
                phone.timeline.nothing();
            }
        });
    }

    private void expire(Transaction transaction) {
        forget(transaction);
        if (transaction.acknowledged || transaction.last == null) {
            phone.timeline.nothing();
            return;
        }
        phone.complaints.add("no ACK to " + transaction.last.status());
        if (transaction.last.status() < 300 && transaction.dialog.phase == Phase.ESTABLISHED) {
            transaction.dialog.end("hung-up without ACK", phone.timeline.now());
            phone.bye(transaction.dialog);
        }
    }

    private void acknowledged(SipRequest ack) {
        for (Transaction open : java.util.List.copyOf(transactions.values())) {
            SipResponse last = open.last;
            boolean answered = last != null
                    && last.status() >= 200
                    && open.request.method().equals("INVITE")
                    && open.request.callId().equals(ack.callId())
                    && open.request.cseq() == ack.cseq();
            if (!answered || last == null || open.acknowledged) {
                continue;
            }
            boolean accepted = last.status() < 300;
            if (!accepted && !open.request.branch().equals(ack.branch())) {
                continue;
            }
            open.acknowledged = true;
            if (accepted) {
                accepted(open, ack);
            } else {
                phone.timeline.after(T4, () -> forget(open));
            }
        }
    }

    private void accepted(Transaction invite, SipRequest ack) {
        if (ack.hasSdp()) {
            // A re-INVITE may have overtaken it: then its description is an old one.
            if (invite.dialog.remoteSeq == ack.cseq()) {
                invite.dialog.hear(ack.body());
            }
        } else if (!invite.request.hasSdp() && invite.dialog.phase == Phase.ESTABLISHED) {
            phone.complaints.add("ACK without an answer");
        }
        if (invite.initial()) {
            phone.happened(Moment.ESTABLISHED);
        }
    }

    private void forget(Transaction transaction) {
        transaction.forgotten = true;
        transactions.remove(transaction.request.method() + transaction.request.branch(), transaction);
    }
}
