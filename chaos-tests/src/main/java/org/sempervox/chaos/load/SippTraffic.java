package org.sempervox.chaos.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.scenario.Load;
import org.sempervox.chaos.sipp.Credentials;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Registering;
import org.sempervox.chaos.sipp.Scenario;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.sipp.SippRun;
import org.sempervox.chaos.sipp.Statistics;

/**
 * Callers and callees played by SIPp, with accounts behind those of the {@link Office}. All callees share one process; callers have one for
 * each service address, and call callees that are registered at the next one.
 */
public final class SippTraffic implements SecondTraffic {
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration EXPIRES = Duration.ofHours(1);
    private static final double REGISTRATIONS_PER_S = 50;
    private static final long LOOK_MS = 200;
    /** For callees that stay a while for a BYE that comes again, and for statistics that are a second old. */
    private static final Duration CALLEES = Duration.ofSeconds(12);

    private final Sipp sipp;
    private final double rate;
    private final HistoryFile history;
    private final SippRun callees;
    private final List<Site> sites = new ArrayList<>();
    private final List<SippRun> callers = new ArrayList<>();
    private final List<String> early = new ArrayList<>();
    private double began;

    /** A service address, and the file of who calls whom there. */
    private record Site(InetSocketAddress address, Path calls) {}

    private SippTraffic(Sipp sipp, double rate, HistoryFile history, SippRun callees) {
        this.sipp = sipp;
        this.rate = rate;
        this.history = history;
        this.callees = callees;
    }

    /** How many accounts it needs. */
    static int accounts(Load load) {
        return 2 * load.sippLines(TALK);
    }

    /** Starts the callees and registers them; throws if one is not taken within some minutes. */
    public static SippTraffic register(
            Sipp sipp, Load load, List<InetSocketAddress> addresses, Accounts accounts, HistoryFile history)
            throws IOException, InterruptedException {
        int first = Office.accounts(load);
        int lines = load.sippLines(TALK);
        var callers = new ArrayList<Credentials>();
        var callees = new ArrayList<Credentials>();
        for (int i = 0; i < lines; i++) {
            callers.add(credentials(accounts, first + i));
            callees.add(credentials(accounts, first + lines + i));
        }
        history.add(new Entry.SecondLoad(
                history.now(),
                load.sippCallsPerSecond(),
                TALK.toMillis(),
                Integer.parseInt(callers.getFirst().number()),
                Integer.parseInt(callees.getLast().number())));
        SippRun server = sipp.serve("callees", Scenario.PATIENT_CALLEE);
        var traffic = new SippTraffic(sipp, load.sippCallsPerSecond(), history, server);
        try {
            traffic.register(addresses.subList(0, Math.min(lines, addresses.size())), callers, callees);
            return traffic;
        } catch (IOException | InterruptedException | RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    private static Credentials credentials(Accounts accounts, int index) {
        String number = accounts.number(index);
        return new Credentials(number, accounts.passwordOf(number));
    }

    private void register(List<InetSocketAddress> addresses, List<Credentials> all, List<Credentials> called)
            throws IOException, InterruptedException {
        int count = addresses.size();
        for (int a = 0; a < count; a++) {
            Registering.allOf(
                    sipp,
                    "register-" + a,
                    addresses.get(a),
                    every(called, count, a),
                    callees.port(),
                    REGISTRATIONS_PER_S,
                    EXPIRES);
            Path calls = sipp.folder().resolve("calls-" + a + ".inf");
            sites.add(new Site(
                    addresses.get(a),
                    Numbers.callsOf(calls, every(all, count, a), every(called, count, (a + 1) % count))));
        }
    }

    private static List<Credentials> every(List<Credentials> all, int step, int first) {
        var some = new ArrayList<Credentials>();
        for (int i = first; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return Collections.unmodifiableList(some);
    }

    @Override
    public void start() throws IOException {
        began = history.now();
        for (int a = 0; a < sites.size(); a++) {
            Site site = sites.get(a);
            callers.add(sipp.load(
                    "calls-" + a,
                    Scenario.PATIENT_CALLER,
                    site.address(),
                    site.calls(),
                    Integer.MAX_VALUE,
                    rate / sites.size(),
                    List.of("-d", Long.toString(TALK.toMillis()))));
        }
    }

    @Override
    public void stop() throws IOException {
        for (SippRun run : callers) {
            if (!run.process().isAlive()) {
                early.add("SIPp ended before it was told to: " + run.lastWords());
            }
            run.placeNoMore();
        }
        if (!callees.process().isAlive()) {
            early.add("the callees' SIPp ended before it was told to: " + callees.lastWords());
        }
    }

    /** Without a line in the history if any of the processes did not do what it was there for: then nobody can tell. */
    @Override
    public void awaitEnd(Duration within) throws InterruptedException {
        try {
            long deadline = System.nanoTime() + within.toNanos();
            Statistics placed = Statistics.NONE;
            for (SippRun run : callers) {
                placed = placed.plus(run.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime()))));
            }
            Statistics taken = taken(placed.successful() - placed.refused());
            if (early.isEmpty()) {
                history.add(opinion(placed, taken, trouble()));
            } else {
                early.forEach(this::note);
            }
        } catch (IOException e) {
            note("SIPp's statistics cannot be told: " + e.getMessage());
        }
    }

    private void note(String text) {
        history.add(new Entry.Note(history.now(), text));
    }

    private Statistics taken(long least) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CALLEES.toNanos();
        Statistics taken = callees.statistics();
        while ((taken.open() > 0 || taken.created() < least) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            taken = callees.statistics();
        }
        return taken;
    }

    /** SIPp takes a call that was refused for one that went as written. */
    private Entry.SecondOpinion opinion(Statistics placed, Statistics taken, String trouble) {
        return new Entry.SecondOpinion(
                history.now(),
                began,
                placed.created(),
                placed.successful() - placed.refused(),
                placed.refused(),
                placed.failed(),
                placed.unexpected(),
                placed.retransmissions(),
                taken.created(),
                taken.successful(),
                trouble);
    }

    private String trouble() throws IOException {
        for (SippRun run : callers) {
            if (!run.trouble().isEmpty()) {
                return run.trouble();
            }
        }
        return callees.trouble();
    }

    @Override
    public void close() {
        callers.forEach(SippRun::close);
        callees.close();
    }
}
