package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transaction layer of one phone: RFC 3261 §17.1.3 and §17.2.3 matching. */
final class Transactions {
    static final Duration T1 = Duration.ofMillis(500);
    static final Duration T2 = Duration.ofSeconds(4);
    static final Duration T4 = Duration.ofSeconds(5);
    static final Duration LIFETIME = T1.multipliedBy(64);

    /** Told of what belongs to no transaction. */
    interface User {
        void requested(ServerTransaction transaction);

        void acknowledged(SipMessage ack);

        void stray(SipMessage response);
    }

    final SipLoop loop;
    final SipSocket socket;
    private final User user;
    private final Map<String, ClientTransaction> clients = new HashMap<>();
    private final Map<String, ServerTransaction> servers = new HashMap<>();

    Transactions(SipLoop loop, SipSocket socket, User user) {
        this.loop = loop;
        this.socket = socket;
        this.user = user;
    }

    ClientTransaction send(SipMessage request, InetSocketAddress target, ClientTransaction.User to) {
        ClientTransaction transaction = new ClientTransaction(this, request, target, to);
        clients.put(clientKey(request.branch(), request.method), transaction);
        transaction.start();
        return transaction;
    }

    void received(SipMessage message, InetSocketAddress source) {
        if (!message.isRequest()) {
            ClientTransaction client = clients.get(clientKey(message.branch(), message.cseqMethod()));
            if (client == null) {
                user.stray(message);
            } else {
                client.received(message);
            }
            return;
        }
        ServerTransaction server = servers.get(serverKey(message));
        if (message.method.equals("ACK")) {
            if (server == null || server.succeeded()) {
                user.acknowledged(message);
            } else {
                server.acknowledged();
            }
        } else if (server == null) {
            ServerTransaction created = new ServerTransaction(this, message, source);
            servers.put(serverKey(message), created);
            user.requested(created);
        } else {
            server.retransmitted(message, source);
        }
    }

    /** The INVITE a CANCEL is for, null if there is none. */
    @Nullable
    ServerTransaction cancelled(SipMessage cancel) {
        return servers.get(cancel.branch() + "|" + cancel.sentBy() + "|INVITE");
    }

    void remove(ClientTransaction transaction) {
        clients.remove(clientKey(transaction.request.branch(), transaction.request.method), transaction);
    }

    void remove(ServerTransaction transaction) {
        servers.remove(serverKey(transaction.request), transaction);
    }

    private static String clientKey(String branch, String method) {
        return branch + "|" + method;
    }

    private static String serverKey(SipMessage request) {
        String method = request.method.equals("ACK") ? "INVITE" : request.method;
        return request.branch() + "|" + request.sentBy() + "|" + method;
    }
}
