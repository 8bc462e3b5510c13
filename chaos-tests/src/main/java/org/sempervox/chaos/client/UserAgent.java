package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The inside of a phone: its calls and what is done with requests; touched by the signalling thread only. */
final class UserAgent implements Transactions.User {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE";
    private static final int REMEMBERED = 2000;

    /** For requests whose answer changes nothing. */
    static final ClientTransaction.User IGNORE = new ClientTransaction.User() {
        @Override
        public void responded(ClientTransaction transaction, SipMessage response) {}

        @Override
        public void timedOut(ClientTransaction transaction) {}
    };

    final SipLoop loop;
    final RtpLoop rtp;
    final PhoneConfig config;
    final Trace trace = new Trace();
    final SipSocket socket;
    final Transactions transactions;
    final Credentials credentials;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, String> inviteBranches = new LinkedHashMap<>();
    private final Deque<Call> unclaimed = new ArrayDeque<>();
    private final Deque<CompletableFuture<Optional<Call>>> claimants = new ArrayDeque<>();

    UserAgent(SipLoop loop, RtpLoop rtp, PhoneConfig config, ByteBuffer shared) {
        this.loop = loop;
        this.rtp = rtp;
        this.config = config;
        socket = new SipSocket(config.localHost(), trace, config.keepRaw(), shared);
        transactions = new Transactions(loop, socket, this);
        credentials = new Credentials(config.account());
        socket.open(loop, transactions::received);
    }

    String via() {
        return "SIP/2.0/UDP " + socket.hostPort() + ";branch=" + Ids.branch() + ";rport";
    }

    String contact() {
        return "<sip:" + config.account().user() + "@" + socket.hostPort() + ">";
    }

    /** Where requests of the dialog go; the server if the target cannot be read as a number. */
    InetSocketAddress hop(Dialog dialog) {
        InetSocketAddress hop = dialog.hop();
        if (hop == null) {
            trace.violation(Trace.Rule.UNREACHABLE_TARGET, dialog.callId, dialog.target());
            return config.server();
        }
        return hop;
    }

    Call place(String number, boolean offer) {
        Call call = new Call(this, Ids.token() + "@" + config.localHost(), number, true);
        OutgoingInvite invite = new OutgoingInvite(this, call, number);
        call.placed = invite;
        loop.execute(() -> {
            calls.add(call);
            invite.start(offer);
        });
        return call;
    }

    void claim(CompletableFuture<Optional<Call>> claimant) {
        Call call = unclaimed.poll();
        if (call == null) {
            claimants.removeIf(CompletableFuture::isDone);
            claimants.add(claimant);
        } else {
            claimant.complete(Optional.of(call));
        }
    }

    /** Calls that are not over. */
    List<Call> live() {
        return calls.stream().filter(c -> c.state() != Call.State.ENDED).toList();
    }

    void ended(Call call) {
        unclaimed.remove(call);
        loop.after(Transactions.LIFETIME, () -> calls.remove(call));
    }

    @Override
    public void requested(ServerTransaction transaction) {
        SipMessage request = transaction.request;
        if (request.method.equals("CANCEL")) {
            cancel(transaction);
        } else if (!request.toTag().isEmpty()) {
            inDialog(transaction);
        } else {
            switch (request.method) {
                case "INVITE" -> invite(transaction);
                case "OPTIONS" -> capabilities(transaction);
                case "BYE", "UPDATE" -> {
                    unexpected(request, "outside a dialog");
                    refuse(transaction, 481);
                }
                default -> notAllowed(transaction);
            }
        }
    }

    private static void capabilities(ServerTransaction transaction) {
        transaction.respond(tagged(SipMessage.responseTo(transaction.request, 200))
                .add("Allow", ALLOW)
                .add("Accept", "application/sdp"));
    }

    private void notAllowed(ServerTransaction transaction) {
        unexpected(transaction.request, "method not in Allow");
        transaction.respond(
                tagged(SipMessage.responseTo(transaction.request, 405)).add("Allow", ALLOW));
    }

    private static SipMessage tagged(SipMessage response) {
        return response.toTag().isEmpty() ? response.set("To", response.get("To") + ";tag=" + Ids.token()) : response;
    }

    private void unexpected(SipMessage request, String why) {
        trace.violation(Trace.Rule.UNEXPECTED_REQUEST, request.callId(), request.firstLine() + ": " + why);
    }

    private void refuse(ServerTransaction transaction, int status) {
        transaction.respond(tagged(SipMessage.responseTo(transaction.request, status)));
    }

    private void invite(ServerTransaction transaction) {
        SipMessage request = transaction.request;
        String name = request.callId() + "|" + request.fromTag() + "|" + request.cseq();
        String known = inviteBranches.putIfAbsent(name, request.branch());
        if (known != null) {
            trace.violation(Trace.Rule.INVITE_WITH_OTHER_BRANCH, request.callId(), known + " then " + request.branch());
            refuse(transaction, 482);
            return;
        }
        if (inviteBranches.size() > REMEMBERED) {
            inviteBranches.remove(inviteBranches.keySet().iterator().next());
        }
        String required = request.get("Require");
        if (!required.isEmpty()) {
            transaction.respond(tagged(SipMessage.responseTo(request, 420)).add("Unsupported", required));
            return;
        }
        if (!request.body().isBlank() && request.sdp() == null) {
            refuse(transaction, 488);
            return;
        }
        if (live().size() >= config.maxCalls()) {
            refuse(transaction, 486);
            return;
        }
        accept(transaction);
    }

    private void accept(ServerTransaction transaction) {
        SipMessage request = transaction.request;
        String from = HeaderValue.user(request.get("From"));
        for (Call other : live()) {
            if (!other.isOutgoing() && !other.isEstablished() && other.peer().equals(from)) {
                trace.violation(Trace.Rule.DOUBLE_RINGING, request.callId(), from + " already in " + other.callId());
            }
        }
        Call call = new Call(this, request.callId(), from, false);
        calls.add(call);
        IncomingInvite invite = new IncomingInvite(this, call, transaction);
        call.offered = invite;
        invite.start();
        CompletableFuture<Optional<Call>> claimant = claimants.poll();
        while (claimant != null && !claimant.complete(Optional.of(call))) {
            claimant = claimants.poll();
        }
        if (claimant == null) {
            unclaimed.add(call);
        }
    }

    private void cancel(ServerTransaction transaction) {
        ServerTransaction cancelled = transactions.cancelled(transaction.request);
        for (Call call : calls) {
            IncomingInvite invite = call.offered;
            if (invite != null && cancelled == invite.transaction) {
                transaction.respond(invite.cancelResponse(transaction.request));
                invite.cancelled();
                return;
            }
        }
        if (cancelled == null) {
            unexpected(transaction.request, "nothing to cancel");
        }
        refuse(transaction, cancelled == null ? 481 : 200);
    }

    private @Nullable Call find(String callId, String localTag, String remoteTag) {
        for (Call call : calls) {
            Dialog dialog = call.dialog;
            if (dialog != null && dialog.matches(callId, localTag, remoteTag)) {
                return call;
            }
        }
        return null;
    }

    private void inDialog(ServerTransaction transaction) {
        SipMessage request = transaction.request;
        Call call = find(request.callId(), request.toTag(), request.fromTag());
        Dialog dialog = call == null ? null : call.dialog;
        if (call == null || dialog == null) {
            unexpected(request, "no such dialog");
            refuse(transaction, 481);
            return;
        }
        long before = dialog.remoteCseq();
        if (!dialog.accept(request.cseq())) {
            boolean again = request.method.equals("INVITE") && request.cseq() == before;
            trace.violation(
                    again ? Trace.Rule.INVITE_WITH_OTHER_BRANCH : Trace.Rule.CSEQ_NOT_RISING,
                    request.callId(),
                    request.firstLine() + ": " + request.cseq() + " after " + before);
            refuse(transaction, 500);
            return;
        }
        boolean bye = request.method.equals("BYE");
        if (bye && (call.state() != Call.State.ENDED || call.reinvites.isLeaving())) {
            transaction.respond(SipMessage.responseTo(request, 200));
            left(call);
        } else if (call.state() == Call.State.ENDED) {
            if (!bye) {
                unexpected(request, "dialog is over");
            }
            refuse(transaction, 481);
        } else {
            within(call, transaction);
        }
    }

    private void within(Call call, ServerTransaction transaction) {
        switch (transaction.request.method) {
            case "INVITE", "UPDATE" -> call.reinvites.offered(transaction);
            case "OPTIONS" -> capabilities(transaction);
            default -> notAllowed(transaction);
        }
    }

    private static void left(Call call) {
        IncomingInvite invite = call.offered;
        if (invite != null) {
            invite.cancelled();
        }
        call.end(new Call.End(Call.Side.REMOTE, 200, "BYE received"));
    }

    @Override
    public void acknowledged(SipMessage ack) {
        Call call = find(ack.callId(), ack.toTag(), ack.fromTag());
        if (call != null) {
            call.acks.arrived(ack);
        }
    }

    /** A late 2xx of an INVITE is still owed its ACK; everything else is dropped (RFC 3261 §18.1.2). */
    @Override
    public void stray(SipMessage response) {
        if (response.isSuccess() && response.cseqMethod().equals("INVITE")) {
            Call call = find(response.callId(), response.fromTag(), response.toTag());
            if (call != null) {
                call.acks.repeat(response.cseq());
            }
        }
    }
}
