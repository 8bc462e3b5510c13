package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One request with as many transactions as the challenges ask for; its user sees only the last. */
final class Exchange implements ClientTransaction.User {
    private static final int MAX_TRIES = 4;
    private final UserAgent agent;
    private final LongSupplier nextCseq;
    private final ClientTransaction.User user;
    private @Nullable ClientTransaction current;
    private int tries;
    private @Nullable Consumer<ClientTransaction> onProceeding;

    Exchange(UserAgent agent, LongSupplier nextCseq, ClientTransaction.User user) {
        this.agent = agent;
        this.nextCseq = nextCseq;
        this.user = user;
    }

    /** Sends a request that has everything but Via and credentials. */
    void start(SipMessage request, InetSocketAddress target) {
        tries++;
        request.addFirst("Via", agent.via());
        agent.credentials.apply(request);
        current = agent.transactions.send(request, target, this);
        arm();
    }

    /** Once, with the transaction that got a provisional response, also if a challenge makes a new one. */
    void whenProceeding(Consumer<ClientTransaction> action) {
        onProceeding = action;
        arm();
    }

    private void arm() {
        ClientTransaction transaction = current;
        Consumer<ClientTransaction> action = onProceeding;
        if (transaction != null && action != null) {
            transaction.whenProceeding(() -> action.accept(transaction));
        }
    }

    @Nullable
    ClientTransaction current() {
        return current;
    }

    @Override
    public void responded(ClientTransaction transaction, SipMessage response) {
        boolean challenged = response.status == 401 || response.status == 407;
        if (challenged && tries < MAX_TRIES && agent.credentials.learn(transaction.request, response)) {
            SipMessage again = transaction.request.copy();
            again.remove("Via");
            again.set("CSeq", nextCseq.getAsLong() + " " + again.method);
            start(again, transaction.target);
            return;
        }
        if (response.status == 481) {
            violation(Trace.Rule.DIALOG_UNKNOWN_TO_PEER, transaction, response);
        } else if (response.status == 500 && response.get("Retry-After").isEmpty()) {
            violation(Trace.Rule.SERVER_ERROR, transaction, response);
        }
        user.responded(transaction, response);
    }

    private void violation(Trace.Rule rule, ClientTransaction transaction, SipMessage response) {
        agent.trace.violation(
                rule, response.callId(), transaction.request.firstLine() + " answered " + response.firstLine());
    }

    @Override
    public void timedOut(ClientTransaction transaction) {
        user.timedOut(transaction);
    }
}
