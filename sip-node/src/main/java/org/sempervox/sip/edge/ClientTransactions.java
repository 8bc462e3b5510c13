package org.sempervox.sip.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipStatus;
import org.sempervox.sip.stack.Sent;

/**
 * Retransmission of requests over UDP and nothing else of RFC 3261 §17.1: timers A and B for INVITE, E and F for other requests, none
 * for ACK. Which responses matter is the call's business. Everything in here may be lost with the node: the call issues what it still
 * owes again, and the same request (branch and method) sent again joins its transaction (S5). Thread-safe; one queue for all timers.
 *
 * <pre>
 * INVITE   calling --1xx--> proceeding (silent, no timer B) --final--> gone;  calling --32 s--> 408
 * others   trying  --1xx--> proceeding (every 4 s)          --final--> gone;  both    --32 s--> 408
 * </pre>
 */
public final class ClientTransactions {
    static final Duration T1 = Duration.ofMillis(500);
    static final Duration T2 = Duration.ofSeconds(4);
    static final Duration TIMEOUT = T1.multipliedBy(64);
    /** Like timer C: a proceeding INVITE is forgotten without a report; its responses are the call's anyway. */
    static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** Sends bytes to a flow. */
    @FunctionalInterface
    public interface Wire {
        Sent send(Flow flow, byte[] data);
    }

    /** Learns of a transaction that ended without a final response (408) or whose packet was refused (503). */
    @FunctionalInterface
    public interface Failures {
        void failed(Outbound.Request request, int status);
    }

    private final Wire wire;
    private final Failures failures;
    private final LongSupplier nanos;
    private final Map<Key, Transaction> transactions = new HashMap<>();
    /** INVITEs that wait for people, oldest first: in the queue each would stay for minutes after its answer. */
    private final LinkedHashMap<Key, Transaction> proceeding = new LinkedHashMap<>();

    private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> Long.signum(a.at - b.at));

    private record Key(String branch, String method) {}

    private record Due(long at, Transaction transaction) {}

    /** {@code nanos}: a clock like {@link System#nanoTime}. */
    public ClientTransactions(Wire wire, Failures failures, LongSupplier nanos) {
        this.wire = wire;
        this.failures = failures;
        this.nanos = nanos;
    }

    /** Sends a request once, and again until it is answered. */
    public void send(Outbound.Request request, byte[] data) {
        if (request.request().method().equals("ACK")) {
            wire.send(request.flow(), data);
            return;
        }
        Transaction transaction = join(request, data);
        if (wire.send(request.flow(), data) == Sent.FAILED) {
            fail(transaction);
        }
    }

    /** A response came, whether or not a transaction waits for it. */
    public synchronized void response(String branch, String method, int status) {
        var key = new Key(branch, method);
        Transaction transaction = transactions.get(key);
        if (transaction == null) {
            return;
        }
        if (status >= 200) {
            drop(transaction);
        } else if (!transaction.proceeding) {
            transaction.proceeding = true;
            if (transaction.invite) {
                transaction.dueAt = nanos.getAsLong() + FORGOTTEN.toNanos();
                proceeding.put(key, transaction);
            } else {
                transaction.interval = T2.toNanos();
            }
        }
    }

    /** Does what is due. Call it often (every 20 ms) from one thread. */
    public void tick() {
        var resends = new ArrayList<Transaction>();
        var expired = new ArrayList<Transaction>();
        collect(nanos.getAsLong(), resends, expired);
        for (Transaction transaction : resends) {
            if (wire.send(transaction.request.flow(), transaction.data) == Sent.FAILED) {
                fail(transaction);
            }
        }
        for (Transaction transaction : expired) {
            failures.failed(transaction.request, SipStatus.REQUEST_TIMEOUT);
        }
    }

    /** Forgets what was sent from these addresses, without a report: another node is asked to send it now (S17). */
    public synchronized void forget(Set<Integer> services) {
        transactions
                .values()
                .removeIf(transaction ->
                        services.contains(transaction.request.flow().service()));
        proceeding.keySet().retainAll(transactions.keySet());
    }

    public synchronized int size() {
        return transactions.size();
    }

    /** Everything that still refers to a request, with or without a transaction. */
    synchronized int kept() {
        return transactions.size() + proceeding.size() + queue.size();
    }

    private synchronized Transaction join(Outbound.Request request, byte[] data) {
        var key = new Key(request.request().branch(), request.request().method());
        Transaction known = transactions.get(key);
        if (known != null) {
            known.request = request;
            known.data = data;
            return known;
        }
        long now = nanos.getAsLong();
        var transaction = new Transaction(key, request, data, now + TIMEOUT.toNanos());
        transactions.put(key, transaction);
        schedule(transaction, now + transaction.interval);
        return transaction;
    }

    private synchronized void collect(long now, List<Transaction> resends, List<Transaction> expired) {
        for (Due due = queue.peek(); due != null && due.at - now <= 0; due = queue.peek()) {
            queue.remove();
            Transaction transaction = due.transaction;
            if (transactions.get(transaction.key) != transaction || transaction.dueAt != due.at) {
                continue;
            }
            if (transaction.endsAt - now <= 0) {
                drop(transaction);
                expired.add(transaction);
            } else {
                resends.add(transaction);
                transaction.backOff();
                schedule(transaction, now + transaction.interval);
            }
        }
        for (var oldest = proceeding.firstEntry();
                oldest != null && oldest.getValue().dueAt - now <= 0;
                oldest = proceeding.firstEntry()) {
            drop(oldest.getValue());
        }
    }

    /** False if it was gone already. */
    private boolean drop(Transaction transaction) {
        proceeding.remove(transaction.key, transaction);
        return transactions.remove(transaction.key, transaction);
    }

    private void schedule(Transaction transaction, long at) {
        transaction.dueAt = at - transaction.endsAt > 0 ? transaction.endsAt : at;
        queue.add(new Due(transaction.dueAt, transaction));
    }

    private void fail(Transaction transaction) {
        synchronized (this) {
            if (!drop(transaction)) {
                return;
            }
        }
        failures.failed(transaction.request, SipStatus.SERVICE_UNAVAILABLE);
    }

    private static final class Transaction {
        private final Key key;
        private final boolean invite;
        private final long endsAt;
        /** Replaced by an equal one when the call sends it again, perhaps to another flow. */
        private volatile Outbound.Request request;

        private volatile byte[] data;
        private boolean proceeding;
        private long interval = T1.toNanos();
        private long dueAt;

        Transaction(Key key, Outbound.Request request, byte[] data, long endsAt) {
            this.key = key;
            this.invite = key.method().equals("INVITE");
            this.request = request;
            this.data = data;
            this.endsAt = endsAt;
        }

        /** Timer A doubles without end, timer E up to T2. */
        void backOff() {
            interval = invite ? interval * 2 : Math.min(interval * 2, T2.toNanos());
        }
    }
}
