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
    private static final int PER_LINE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(45);
    private static final long AGAIN_MS = 1000;

    private final Swarm swarm = Swarm.open();
    private final List<Line> lines = new ArrayList<>();
    private final List<Phone> all = new ArrayList<>();
    private final HistoryFile history;
    private final Accounts accounts;

    /** {@code busy} refuses every call; {@code left} and {@code right} ring together. */
    record Line(Phone caller, Phone callee, Phone busy, Phone left, Phone right) {
        List<Phone> phones() {
            return List.of(caller, callee, busy, left, right);
        }
    }

    private Office(Accounts accounts, HistoryFile history) {
        this.accounts = accounts;
        this.history = history;
    }

    /** The PBX file that the phones of a load need; a call rings long enough for any fault. */
    public static String pbxFile(Load load) {
        Accounts own = Accounts.own("");
        var text = new StringBuilder("tenants.default.extensions = [\n");
        for (int i = 0; i < load.lines(); i++) {
            extension(text, own, own.number(PER_LINE * i), "");
            extension(text, own, own.number(PER_LINE * i + 1), "");
            extension(text, own, own.number(PER_LINE * i + 2), ", busy = \"" + own.number(PER_LINE * i + 1) + "\"");
            extension(text, own, own.number(PER_LINE * i + 3), "");
        }
        for (int i = 0; i < load.idlePhones(); i++) {
            extension(text, own, own.number(PER_LINE * load.lines() + i), "");
        }
        for (int i = accounts(load); i < extensions(load); i++) {
            extension(text, own, own.number(i), "");
        }
        return text.append("]\n").toString();
    }

    /** How many extensions a load needs, those of SIPp among them. */
    public static int extensions(Load load) {
        return accounts(load) + SippTraffic.accounts(load);
    }

    /** Those of our phones, from the first on. */
    static int accounts(Load load) {
        return PER_LINE * load.lines() + load.idlePhones();
    }

    private static void extension(StringBuilder text, Accounts own, String number, String more) {
        text.append("  { number = \"%s\", password = \"%s\", ringSeconds = 120%s }%n"
                .formatted(number, own.passwordOf(number), more));
    }

    /** Makes and registers them all; throws if one is not taken within a minute. */
    public static Office open(
            Load load, List<InetSocketAddress> addresses, String localHost, Accounts accounts, HistoryFile history)
            throws InterruptedException, ExecutionException, TimeoutException {
        var office = new Office(accounts, history);
        try {
            for (int i = 0; i < load.lines(); i++) {
                office.lines.add(office.line(i, addresses, localHost));
            }
            for (int i = 0; i < load.idlePhones(); i++) {
                office.phone(PER_LINE * load.lines() + i, addresses.get(i % addresses.size()), localHost, 4);
            }
            office.register();
            return office;
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            office.close();
            throw e;
        }
    }

    /** Callers take turns over the addresses, callees so that every pair of addresses occurs. */
    private Line line(int index, List<InetSocketAddress> addresses, String localHost) {
        int from = PER_LINE * index;
        int count = addresses.size();
        InetSocketAddress own = addresses.get(index % count);
        InetSocketAddress other = addresses.get((index + index / count) % count);
        InetSocketAddress next = addresses.get((index + index / count + 1) % count);
        return new Line(
                phone(from + 0, own, localHost, 4),
                phone(from + 1, other, localHost, 4),
                phone(from + 2, own, localHost, 0),
                phone(from + 3, other, localHost, 4),
                phone(from + 3, next, localHost, 4));
    }

    private Phone phone(int index, InetSocketAddress server, String localHost, int calls) {
        String number = accounts.number(index);
        Phone phone =
                swarm.phone(PhoneConfig.of(server, new Account(number, accounts.passwordOf(number), accounts.domain()))
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
