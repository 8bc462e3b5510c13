package org.sempervox.chaos.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Registering;
import org.sempervox.chaos.sipp.Scenario;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.chaos.sipp.SippRun;
import org.sempervox.chaos.sipp.Statistics;

/**
 * Phones played by SIPp, spread over the whole number plan and the service addresses. All callees share one process and port; callers
 * have one process for each address.
 */
final class SippPhones implements AutoCloseable {
    private static final int MOST_CALLERS = 1000;
    private static final double REGISTRATIONS_PER_S = 100;

    private final Sipp sipp;
    private final List<InetSocketAddress> addresses;
    private final SippRun callees;
    private final List<Path> callFiles = new ArrayList<>();
    private final List<SippRun> runs = new ArrayList<>();
    private int calls;

    private SippPhones(Sipp sipp, List<InetSocketAddress> addresses, SippRun callees) {
        this.sipp = sipp;
        this.addresses = addresses;
        this.callees = callees;
    }

    /** Starts the callees and registers them; one that cannot register is an IOException. */
    static SippPhones register(Sipp sipp, List<InetSocketAddress> addresses, Numbers numbers)
            throws IOException, InterruptedException {
        List<Integer> all = numbers.spread(2 * MOST_CALLERS);
        var callers = new ArrayList<Integer>();
        var called = new ArrayList<Integer>();
        for (int i = 0; i < all.size(); i++) {
            (i % 2 == 0 ? callers : called).add(all.get(i));
        }
        SippRun server = sipp.serve("callees", Scenario.CALLEE, Sipp.freePort(), List.of());
        var phones = new SippPhones(sipp, addresses, server);
        int count = addresses.size();
        for (int a = 0; a < count; a++) {
            Registering.all(
                    sipp,
                    "register-" + a,
                    addresses.get(a),
                    every(called, count, a),
                    server.port(),
                    REGISTRATIONS_PER_S);
            // Shifted by one address, so that half of all calls have their two sides at different addresses.
            phones.callFiles.add(Numbers.calls(
                    sipp.folder().resolve("callers-" + a + ".inf"), every(callers, count, a), shifted(called, a)));
        }
        return phones;
    }

    private static List<Integer> every(List<Integer> all, int step, int first) {
        var some = new ArrayList<Integer>();
        for (int i = first; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    private static List<Integer> shifted(List<Integer> all, int by) {
        var turned = new ArrayList<>(all.subList(by % all.size(), all.size()));
        turned.addAll(all.subList(0, by % all.size()));
        return turned;
    }

    /** Calls that have been begun; each may still go on. */
    static final class Placed {
        private final List<SippRun> callers;
        private final long begun = System.nanoTime();

        private Placed(List<SippRun> callers) {
            this.callers = callers;
        }

        Statistics soFar() throws IOException {
            Statistics all = Statistics.NONE;
            for (SippRun run : callers) {
                all = all.plus(run.statistics());
            }
            return all;
        }

        /** Waits for all of them; those that do not end in time are cut. */
        Statistics await(Duration limit) throws IOException, InterruptedException {
            Statistics all = Statistics.NONE;
            for (SippRun run : callers) {
                long left = limit.toNanos() - (System.nanoTime() - begun);
                all = all.plus(run.await(Duration.ofNanos(Math.max(1, left))));
            }
            return all;
        }

        /** What the callers' SIPp reported first; empty if nothing went wrong. */
        String lastWords() throws IOException {
            for (SippRun run : callers) {
                if (!run.lastWords().isEmpty()) {
                    return run.lastWords();
                }
            }
            return "";
        }
    }

    /** Begins calls at that rate, all addresses together. */
    Placed place(double rate, int count, Duration talk) throws IOException {
        var callers = new ArrayList<SippRun>();
        int batch = calls++;
        for (int a = 0; a < addresses.size(); a++) {
            int share = (count + addresses.size() - 1 - a) / addresses.size();
            if (share > 0) {
                callers.add(sipp.load(
                        "calls-" + batch + "-" + a,
                        Scenario.CALLER,
                        addresses.get(a),
                        callFiles.get(a),
                        share,
                        rate / addresses.size(),
                        List.of("-d", Long.toString(talk.toMillis()))));
            }
        }
        runs.addAll(callers);
        return new Placed(callers);
    }

    /** The callees' count, up to a second old. */
    Statistics callees() throws IOException {
        return callees.statistics();
    }

    /** Processes that live. */
    List<Process> processes() {
        var all = new ArrayList<Process>();
        all.add(callees.process());
        runs.stream().map(SippRun::process).filter(Process::isAlive).forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        runs.forEach(SippRun::close);
        callees.close();
    }
}
