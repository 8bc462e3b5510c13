package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The ACKs for 2xx in both directions (RFC 3261 §13.2.2.4, §13.3.1.4): ours are kept and sent again for every repeated
 * 2xx, the peer's are matched with the 2xx they end.
 */
final class Acknowledgements {
    private record Sent(SipMessage ack, InetSocketAddress target) {}

    /** What to do when the ACK arrives. */
    interface Owed {
        void arrived(SipMessage ack);
    }

    private final UserAgent agent;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final Map<Long, ServerTransaction> transactions = new HashMap<>();
    private final Map<Long, Owed> owed = new HashMap<>();

    Acknowledgements(UserAgent agent) {
        this.agent = agent;
    }

    /** Sends again what was sent for this CSeq; false if nothing was. */
    boolean repeat(long cseq) {
        Sent known = sent.get(cseq);
        if (known == null) {
            return false;
        }
        agent.socket.send(known.ack, known.target);
        return true;
    }

    /** Acknowledges the 2xx of an INVITE; an empty description sends none. */
    void send(Dialog dialog, SipMessage invite, String sdp) {
        SipMessage ack = dialog.request("ACK", invite.cseq());
        ack.addFirst("Via", agent.via());
        for (String name : new String[] {"Authorization", "Proxy-Authorization"}) {
            invite.fields(name).forEach(value -> ack.add(name, value));
        }
        if (!sdp.isEmpty()) {
            ack.describe(sdp);
        }
        InetSocketAddress target = agent.hop(dialog);
        sent.put(invite.cseq(), new Sent(ack, target));
        agent.socket.send(ack, target);
    }

    void expect(ServerTransaction transaction, Owed action) {
        transactions.put(transaction.request.cseq(), transaction);
        owed.put(transaction.request.cseq(), action);
    }

    boolean isOwed() {
        return !owed.isEmpty();
    }

    void arrived(SipMessage ack) {
        ServerTransaction transaction = transactions.remove(ack.cseq());
        Owed action = owed.remove(ack.cseq());
        if (transaction != null) {
            transaction.acknowledged();
        }
        if (action != null) {
            action.arrived(ack);
        }
    }

    /** The ACK is no longer waited for. */
    void forget(ServerTransaction transaction) {
        transactions.remove(transaction.request.cseq());
        owed.remove(transaction.request.cseq());
    }
}
