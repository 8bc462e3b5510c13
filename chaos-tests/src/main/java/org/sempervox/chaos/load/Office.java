package org.sempervox.chaos.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.client.Account;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.client.PhoneConfig;
import org.sempervox.chaos.client.Swarm;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.history.Verb;
import org.sempervox.chaos.scenario.Load;

/**
 * The phones of a run. Each line has a caller, a callee, a busy extension that is forwarded to the callee, and an extension with two phones;
 * the idle ones only register. Each phone knows one service address.
 */
public final class Office implements AutoCloseable {
    private static final int FIRST = 10_000;
    private static final int PER_LINE = 4;
    private static final String PASSWORD = "pw";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(45);
    private static final long AGAIN_MS = 1000;

    private final Swarm swarm = Swarm.open();
    private final List<Line> lines = new ArrayList<>();
    private final List<Phone> all = new ArrayList<>();
    private final HistoryFile history;

    /** {@code busy} refuses every call; {@code left} and {@code right} ring together. */
    record Line(Phone caller, Phone callee, Phone busy, Phone left, Phone right) {
        List<Phone> phones() {
            return List.of(caller, callee, busy, left, right);
        }
    }

    private Office(HistoryFile history) {
        this.history = history;
    }

    /** The PBX file that the phones of a load need; a call rings long enough for any fault. */
    public static String pbxFile(Load load) {
        var text = new StringBuilder("tenants.default.extensions = [\n");
        for (int i = 0; i < load.lines(); i++) {
            extension(text, number(i, 0), "");
            extension(text, number(i, 1), "");
            extension(text, number(i, 2), ", busy = \"" + number(i, 1) + "\"");
            extension(text, number(i, 3), "");
        }
        for (int i = 0; i < load.idlePhones(); i++) {
            extension(text, idle(load, i), "");
        }
        return text.append("]\n").toString();
    }

    private static void extension(StringBuilder text, String number, String more) {
        text.append("  { number = \"%s\", password = \"%s%s\", ringSeconds = 120%s }%n"
                .formatted(number, PASSWORD, number, more));
    }

    private static String number(int line, int which) {
        return Integer.toString(FIRST + PER_LINE * line + which);
    }

    private static String idle(Load load, int index) {
        return Integer.toString(FIRST + PER_LINE * load.lines() + index);
    }

    /** Makes and registers them all; throws if one is not taken within a minute. */
    public static Office open(
            Load load, List<InetSocketAddress> addresses, String localHost, String domain, HistoryFile history)
            throws InterruptedException, ExecutionException, TimeoutException {
        var office = new Office(history);
        try {
            for (int i = 0; i < load.lines(); i++) {
                office.lines.add(office.line(i, addresses, localHost, domain));
            }
            for (int i = 0; i < load.idlePhones(); i++) {
                office.phone(idle(load, i), addresses.get(i % addresses.size()), localHost, domain, 4);
            }
            office.register();
            return office;
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            office.close();
            throw e;
        }
    }

    /** Callers take turns over the addresses, callees so that every pair of addresses occurs. */
    private Line line(int index, List<InetSocketAddress> addresses, String localHost, String domain) {
        int count = addresses.size();
        InetSocketAddress own = addresses.get(index % count);
        InetSocketAddress other = addresses.get((index + index / count) % count);
        InetSocketAddress next = addresses.get((index + index / count + 1) % count);
        return new Line(
                phone(number(index, 0), own, localHost, domain, 4),
                phone(number(index, 1), other, localHost, domain, 4),
                phone(number(index, 2), own, localHost, domain, 0),
                phone(number(index, 3), other, localHost, domain, 4),
                phone(number(index, 3), next, localHost, domain, 4));
    }

    private Phone phone(String number, InetSocketAddress server, String localHost, String domain, int calls) {
        Phone phone = swarm.phone(PhoneConfig.of(server, new Account(number, PASSWORD + number, domain))
                .at(localHost)
                .taking(calls)
                .keepingMessages());
        all.add(phone);
        return phone;
    }

    private void register() throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + START.toNanos();
        var answers = new ArrayList<CompletableFuture<Outcome>>();
        for (Phone phone : all) {
            answers.add(register(phone, deadline, history.now()));
        }
        for (int i = 0; i < all.size(); i++) {
            Outcome outcome = answers.get(i).get(START.plus(PATIENCE).toSeconds() + 5, TimeUnit.SECONDS);
            if (!outcome.isOk()) {
                throw new IllegalStateException("phone " + number(all.get(i)) + " could not register: " + outcome);
            }
        }
    }

    /** As phones do: a server that does not answer or says 503 is asked again. */
    private CompletableFuture<Outcome> register(Phone phone, long deadline, double began) {
        return phone.register(Duration.ofHours(1), PATIENCE).thenCompose(outcome -> {
            boolean again = !outcome.isOk() && System.nanoTime() - deadline < 0;
            if (again) {
                var later = CompletableFuture.delayedExecutor(AGAIN_MS, TimeUnit.MILLISECONDS);
                return CompletableFuture.completedFuture(outcome)
                        .thenComposeAsync(_ -> register(phone, deadline, began), later);
            }
            history.add(Answers.operation(history, began, 0, number(phone), Verb.REGISTER, outcome));
            return CompletableFuture.completedFuture(outcome);
        });
    }

    /** Asks the registrar for each phone's binding and writes down whether it is there. */
    public void askForBindings() throws InterruptedException, ExecutionException, TimeoutException {
        var answers = new ArrayList<CompletableFuture<Outcome>>();
        for (Phone phone : all) {
            answers.add(phone.query(PATIENCE));
        }
        for (int i = 0; i < all.size(); i++) {
            Phone phone = all.get(i);
            Outcome outcome = answers.get(i).get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String contact = phone.address().getAddress().getHostAddress() + ":"
                    + phone.address().getPort();
            boolean found =
                    outcome instanceof Outcome.Ok ok && ok.contacts().stream().anyMatch(one -> one.contains(contact));
            history.add(new Entry.Binding(
                    history.now(), number(phone), found, found ? "" : "no binding of " + contact + ": " + outcome));
        }
    }

    /** What phones saw the server do wrong, and what is wrong with the phones themselves. */
    public void writeObservations() {
        for (Phone phone : all) {
            phone.trace()
                    .violations()
                    .forEach(one -> history.add(new Entry.Violation(
                            history.at(one.nanoTime()),
                            number(phone),
                            one.rule().name(),
                            one.callId(),
                            one.detail())));
        }
        var defects = new ArrayList<String>();
        swarm.faults().forEach(fault -> defects.add(fault.toString()));
        if (swarm.audioErrors() > 0) {
            defects.add(swarm.audioErrors() + " audio packets were not taken by the operating system");
        }
        history.add(new Entry.Phones(history.now(), swarm.worstLateMs(), defects));
    }

    static String number(Phone phone) {
        return phone.config().account().user();
    }

    public Swarm swarm() {
        return swarm;
    }

    List<Line> lines() {
        return lines;
    }

    @Override
    public void close() {
        swarm.close();
    }
}
