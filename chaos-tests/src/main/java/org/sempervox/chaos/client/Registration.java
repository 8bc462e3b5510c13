package org.sempervox.chaos.client;

import java.util.concurrent.CompletableFuture;

/** REGISTER with one Call-ID and rising CSeq for the life of the phone (RFC 3261 §10.2), and OPTIONS. */
final class Registration {
    private final UserAgent agent;
    private final String callId = Ids.token();
    private final String tag = Ids.token();
    private long cseq;

    Registration(UserAgent agent) {
        this.agent = agent;
    }

    private SipMessage request(String method, String uri, String to) {
        cseq++;
        return SipMessage.request(method, uri)
                .add("Max-Forwards", "70")
                .add("From", "<" + agent.config.account().addressOfRecord() + ">;tag=" + tag)
                .add("To", "<" + to + ">")
                .add("Call-ID", callId)
                .add("CSeq", cseq + " " + method);
    }

    /** A negative time asks for the bindings only. */
    void register(long seconds, CompletableFuture<Outcome> result) {
        Account account = agent.config.account();
        SipMessage request = request("REGISTER", "sip:" + account.domain(), account.addressOfRecord());
        if (seconds >= 0) {
            request.add("Contact", agent.contact() + ";expires=" + seconds).add("Expires", Long.toString(seconds));
        }
        send(request, result);
    }

    void options(String uri, CompletableFuture<Outcome> result) {
        send(request("OPTIONS", uri, uri).add("Contact", agent.contact()).add("Accept", "application/sdp"), result);
    }

    private void send(SipMessage request, CompletableFuture<Outcome> result) {
        new Exchange(agent, () -> ++cseq, new ClientTransaction.User() {
                    @Override
                    public void responded(ClientTransaction transaction, SipMessage response) {
                        if (response.isSuccess()) {
                            result.complete(
                                    new Outcome.Ok(response.status, response.reason, response.values("Contact")));
                        } else if (!response.isProvisional()) {
                            result.complete(Outcome.failed(response.status, response.reason));
                        }
                    }

                    @Override
                    public void timedOut(ClientTransaction transaction) {
                        result.complete(Outcome.unknown("no response to " + transaction.request.method));
                    }
                })
                .start(request, agent.config.server());
    }
}
