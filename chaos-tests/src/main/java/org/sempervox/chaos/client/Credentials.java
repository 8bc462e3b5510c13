package org.sempervox.chaos.client;

import org.jspecify.annotations.Nullable;

/** The challenges a phone knows: one of the registrar's kind and one of the proxy's kind, used again until refused. */
final class Credentials {
    private final Account account;
    private @Nullable Digest server;
    private @Nullable Digest proxy;

    Credentials(Account account) {
        this.account = account;
    }

    /**
     * Learns from a 401 or 407 and says whether trying again makes sense: not if the very same nonce was just refused
     * without being called stale.
     */
    boolean learn(SipMessage request, SipMessage response) {
        boolean fromProxy = response.status == 407;
        String sent = request.get(fromProxy ? "Proxy-Authorization" : "Authorization");
        for (String header : response.fields(fromProxy ? "Proxy-Authenticate" : "WWW-Authenticate")) {
            Digest digest = Digest.challenge(header);
            if (digest == null) {
                continue;
            }
            boolean refused = sent.contains("nonce=\"" + digest.nonce() + "\"");
            if (refused && !digest.stale()) {
                return false;
            }
            if (fromProxy) {
                proxy = digest;
            } else {
                server = digest;
            }
            return true;
        }
        return false;
    }

    void apply(SipMessage request) {
        request.remove("Authorization");
        request.remove("Proxy-Authorization");
        if (server != null) {
            request.add("Authorization", server.credentials(account, request.method, request.uri, Ids.token()));
        }
        if (proxy != null) {
            request.add("Proxy-Authorization", proxy.credentials(account, request.method, request.uri, Ids.token()));
        }
    }
}
