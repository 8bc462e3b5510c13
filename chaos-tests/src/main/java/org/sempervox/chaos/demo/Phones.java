package org.sempervox.chaos.demo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.sempervox.chaos.client.Account;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.client.PhoneConfig;
import org.sempervox.chaos.client.Swarm;

/** Test phones of one office, numbered from 1000, spread over the service addresses; each knows one address only. */
public final class Phones implements AutoCloseable {
    public static final int FIRST = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For a store that is not ready yet. */
    private static final Duration START = Duration.ofSeconds(30);

    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    private static final int UNAVAILABLE = 503;

    private final Swarm swarm;
    private final List<Phone> phones;

    private Phones(Swarm swarm, List<Phone> phones) {
        this.swarm = swarm;
        this.phones = phones;
    }

    /** The PBX file that these phones need. */
    public static String pbxFile(int count) {
        return pbxFile(count, 60);
    }

    /** The PBX file that these phones need; unanswered calls ring so long. */
    public static String pbxFile(int count, int ringSeconds) {
        return "tenants.default {\n  extensions = [ { range = \"" + FIRST + "-" + (FIRST + count - 1)
                + "\", password = \"pw{number}\", ringSeconds = " + ringSeconds + " } ]\n}\n";
    }

    /** Creates and registers them. */
    public static Phones register(List<InetSocketAddress> addresses, int count, String domain)
            throws InterruptedException, ExecutionException, TimeoutException {
        return register(addresses, count, domain, UnaryOperator.identity());
    }

    /** Creates, sets up and registers them. */
    public static Phones register(
            List<InetSocketAddress> addresses, int count, String domain, UnaryOperator<PhoneConfig> setup)
            throws InterruptedException, ExecutionException, TimeoutException {
        Swarm swarm = Swarm.open();
        var phones = new ArrayList<Phone>();
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(FIRST + i);
            var account = new Account(number, "pw" + number, domain);
            phones.add(swarm.phone(setup.apply(PhoneConfig.of(addresses.get(address(i) % addresses.size()), account))));
        }
        var all = new Phones(swarm, phones);
        var registered = new ArrayList<CompletableFuture<Outcome>>();
        long deadline = System.nanoTime() + START.toNanos();
        for (Phone phone : phones) {
            registered.add(register(phone, deadline));
        }
        for (int i = 0; i < count; i++) {
            Outcome outcome = registered.get(i).get(START.plus(PATIENCE).toSeconds() + 5, TimeUnit.SECONDS);
            if (!outcome.isOk()) {
                all.close();
                throw new IllegalStateException("phone " + (FIRST + i) + " could not register: " + outcome);
            }
        }
        return all;
    }

    /** As phones do: a server that says 503 or nothing, because its store starts at the same time, is asked again. */
    private static CompletableFuture<Outcome> register(Phone phone, long deadline) {
        return phone.register(Duration.ofHours(1), PATIENCE).thenCompose(outcome -> {
            boolean busy = outcome instanceof Outcome.Unknown
                    || outcome instanceof Outcome.Failed(int status, String _) && status == UNAVAILABLE;
            boolean again = busy && System.nanoTime() - deadline < 0;
            CompletableFuture<Outcome> told = CompletableFuture.completedFuture(outcome);
            return again ? told.thenComposeAsync(_ -> register(phone, deadline), LATER) : told;
        });
    }

    /** Neighbours call each other: callers take turns over the addresses, callees so that every pair of addresses occurs. */
    private static int address(int index) {
        int pair = index / 2;
        return index % 2 == 0 ? pair : pair + pair / 2;
    }

    /** One more phone of an extension, registered over the next address. */
    public Phone second(int index, List<InetSocketAddress> addresses, UnaryOperator<PhoneConfig> setup)
            throws InterruptedException, ExecutionException, TimeoutException {
        Phone first = phones.get(index);
        InetSocketAddress next = addresses.get((address(index) + 1) % addresses.size());
        Phone second =
                swarm.phone(setup.apply(PhoneConfig.of(next, first.config().account())));
        Outcome outcome =
                second.register(Duration.ofHours(1), PATIENCE).get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
        if (!outcome.isOk()) {
            throw new IllegalStateException("a second phone " + number(index) + " could not register: " + outcome);
        }
        return second;
    }

    public Phone get(int index) {
        return phones.get(index);
    }

    public static String number(int index) {
        return Integer.toString(FIRST + index);
    }

    public Swarm swarm() {
        return swarm;
    }

    /** Takes all bindings back, for who uses the extensions next; one that cannot be taken back rings in vain there. */
    public void unregister() throws InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<CompletableFuture<Outcome>>();
        swarm.phones().forEach(phone -> all.add(phone.unregister(PATIENCE)));
        for (CompletableFuture<Outcome> one : all) {
            one.get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        swarm.close();
    }
}
