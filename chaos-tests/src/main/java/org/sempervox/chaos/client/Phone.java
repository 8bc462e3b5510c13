package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A desk phone: one account, one server, a few calls. Safe to use from any thread; nothing here blocks. */
public final class Phone {
    private final UserAgent agent;
    private final Registration registration;

    Phone(UserAgent agent) {
        this.agent = agent;
        this.registration = new Registration(agent);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return agent.socket.local();
    }

    /** As it was made. */
    public PhoneConfig config() {
        return agent.config;
    }

    /** What went over the wire and what was wrong with it. */
    public Trace trace() {
        return agent.trace;
    }

    /** Binds this phone; done with the contacts the registrar names. The phone does not refresh by itself. */
    public CompletableFuture<Outcome> register(Duration expires, Duration within) {
        return verb(within, "REGISTER", result -> registration.register(expires.toSeconds(), result));
    }

    /** Removes its own binding. */
    public CompletableFuture<Outcome> unregister(Duration within) {
        return verb(within, "REGISTER", result -> registration.register(0, result));
    }

    /** Asks for the bindings. */
    public CompletableFuture<Outcome> query(Duration within) {
        return verb(within, "REGISTER", result -> registration.register(-1, result));
    }

    /** Asks a number (or a URI) for what it can do. */
    public CompletableFuture<Outcome> options(String number, Duration within) {
        String uri = number.contains(":")
                ? number
                : "sip:" + number + "@" + agent.config.account().domain();
        return verb(within, "OPTIONS", result -> registration.options(uri, result));
    }

    /** Calls a number of its own domain, or a SIP URI, with an offer. */
    public Call call(String number) {
        return agent.place(number, true);
    }

    /** Calls with an INVITE without description: the callee offers, the ACK answers. */
    public Call callWithoutOffer(String number) {
        return agent.place(number, false);
    }

    /** The next incoming call, in order of arrival, each handed out once; empty if none came in time. */
    public CompletableFuture<Optional<Call>> nextCall(Duration within) {
        return agent.loop.within(within, Optional::empty, agent::claim);
    }

    /** Calls that are not over. */
    public CompletableFuture<List<Call>> calls(Duration within) {
        return agent.loop.within(within, List::of, future -> future.complete(agent.live()));
    }

    /** Ends whatever is left: ringing calls are refused with 480, placed ones cancelled, established ones hung up. */
    public CompletableFuture<Outcome> hangUpAll(Duration within) {
        return calls(within).thenCompose(left -> {
            CompletableFuture<Outcome> all = CompletableFuture.completedFuture(Outcome.ok(200, "nothing left"));
            for (Call call : left) {
                all = all.thenCombine(call.hangUp(within), (a, b) -> a.isOk() ? b : a);
            }
            return all;
        });
    }

    private CompletableFuture<Outcome> verb(
            Duration within, String method, Consumer<CompletableFuture<Outcome>> start) {
        return agent.loop.within(within, () -> Outcome.unknown("no answer to " + method), start);
    }

    void close() {
        agent.socket.close();
    }
}
