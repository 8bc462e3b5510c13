package org.sempervox.chaos.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sempervox.chaos.client.Trace;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.chaos.ground.OwnCluster;

/** One cluster, started for one fault and stopped again. */
public final class FailoverTrial {
    /** Longer than any fault takes, the rolling restart of all nodes included. */
    private static final int RING_SECONDS = 300;

    private static final int CALLS_ON_TWO = 6;
    private static final int CALLS_ON_MORE = 12;

    private final Path work;
    private final String topology;
    private final String store;
    private final int callsPerRow;
    private final List<Row> rows;
    private final Consumer<String> say;

    /**
     * A trial in a work folder, which is kept.
     *
     * @param topology of {@code up}
     * @param store of {@code up}
     * @param say gets a line for each thing that happens
     */
    public FailoverTrial(Path work, String topology, String store, int callsPerRow, Consumer<String> say) {
        this(work, topology, store, callsPerRow, Rows.ALL, say);
    }

    FailoverTrial(Path work, String topology, String store, int callsPerRow, List<Row> rows, Consumer<String> say) {
        this.rows = rows;
        this.work = work;
        this.topology = topology;
        this.store = store;
        this.callsPerRow = callsPerRow;
        this.say = say;
    }

    /** Calls for each row of the matrix, so many that chance leaves no full node with less than a fifth of them. */
    public static int callsPerRow(String topology) {
        return topology.matches("office|1|2") ? CALLS_ON_TWO : CALLS_ON_MORE;
    }

    /** Throws if the fault could not be tried; calls that came to grief are in the report. */
    public FailoverReport run(Fault fault)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Files.createDirectories(work);
        try (OwnCluster ground =
                OwnCluster.start(OwnCluster.Setup.of(topology, store, List.of(fault.kind())), work, pbx(callsPerRow))) {
            return on(ground, fault, Phones::close);
        }
    }

    /** The PBX file that the phones of a trial need. */
    static String pbx(int callsPerRow) {
        return Phones.pbxFile(FailoverRun.phones(callsPerRow), RING_SECONDS);
    }

    /** On a cluster that serves and where nobody calls; {@code after} gets the phones, which are still there and not registered any more. */
    FailoverReport on(OwnCluster ground, Fault fault, Consumer<Phones> after)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        int count = FailoverRun.phones(callsPerRow);
        Phones phones = Phones.register(
                ground.addresses(),
                count,
                ground.accounts().domain(),
                config -> config.at(ground.phoneHost()).keepingMessages());
        try {
            say.accept(count + " phones registered at " + ground.addresses());
            FailoverReport report = new FailoverRun(ground, fault, rows, say).run(phones, callsPerRow, topology);
            if (!report.isOk()) {
                Files.write(work.resolve(fault.id() + "-phones.trace"), trace(phones));
            }
            phones.unregister();
            return report;
        } finally {
            after.accept(phones);
        }
    }

    /** Everything that the phones sent and received, in order. */
    private static List<String> trace(Phones phones) {
        record Line(Trace.Entry entry, String phone) {}
        long now = System.nanoTime();
        long wall = System.currentTimeMillis();
        return phones.swarm().phones().stream()
                .flatMap(phone -> phone.trace().entries().stream()
                        .map(entry -> new Line(entry, phone.config().account().user() + " " + phone.address())))
                .sorted((a, b) -> Long.compare(a.entry().nanoTime(), b.entry().nanoTime()))
                .map(line -> "---- %s %s %s %s%n%s"
                        .formatted(
                                java.time.Instant.ofEpochMilli(
                                        wall - (now - line.entry().nanoTime()) / 1_000_000),
                                line.phone(),
                                line.entry().way(),
                                line.entry().peer(),
                                line.entry().raw()))
                .toList();
    }
}
