package org.sempervox.chaos.failover;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.chaos.ground.EarlyEnd;
import org.sempervox.chaos.ground.OwnCluster;
import org.sempervox.chaos.ground.OwnCluster.Setup;
import org.sempervox.chaos.scenario.FaultKind;
import org.sempervox.cluster.settings.SettingsProblem;

/** Rows times faults: every fault once, all rows at once, as many faults as possible on one cluster. */
public final class Matrix {
    private static final Duration COMES_BACK = Duration.ofSeconds(90);
    private static final long LOOK_MS = 500;
    private static final int KEPT_COLUMNS = 4;
    /** A node that has come back gets its share of the shards within this time. */
    private static final Duration REBALANCED = Duration.ofSeconds(20);

    private final Path folder;
    private final List<Row> rows;
    private final int callsPerRow;
    private final EarlyEnd end;
    private final Consumer<String> say;
    private final Deque<Phones> former = new ArrayDeque<>();
    private int starts;

    /** {@code folder}: of all clusters; kept. {@code rows}: their numbers in the matrix. */
    public Matrix(Path folder, Collection<String> rows, int callsPerRow, EarlyEnd end, Consumer<String> say) {
        this.folder = folder;
        this.rows = Rows.of(rows);
        this.callsPerRow = callsPerRow;
        this.end = end;
        this.say = say;
    }

    /**
     * What became of one fault.
     *
     * @param report null if it could not be tried
     * @param problem why it could not be tried; else empty
     */
    public record Column(
            Fault fault,
            String topology,
            String store,
            @Nullable FailoverReport report,
            String problem) {
        public boolean good() {
            return report != null && report.isOk();
        }
    }

    /** The cluster that a fault needs, as far as it differs from others'. */
    private record Place(String topology, String store, boolean network, boolean tricks) {
        static Place of(Fault fault, String topology, String store) {
            FaultKind kind = fault.kind();
            return new Place(
                    kind == FaultKind.JOIN ? "3" : topology,
                    kind == FaultKind.STORAGE_NODE_DOWN ? "cassandra" : store,
                    kind.needs() == FaultKind.Needs.NETWORK,
                    kind.needs() == FaultKind.Needs.FAKETIME || kind.needs() == FaultKind.Needs.MOUNT);
        }
    }

    /** In the order of the faults as given. */
    public List<Column> run(List<Fault> faults, String topology, String store) throws InterruptedException {
        Map<Place, List<Fault>> places = new LinkedHashMap<>();
        for (Fault fault : faults) {
            places.computeIfAbsent(Place.of(fault, topology, store), _ -> new ArrayList<>())
                    .add(fault);
        }
        Map<Fault, Column> columns = new LinkedHashMap<>();
        try {
            for (var place : places.entrySet()) {
                run(place.getKey(), place.getValue(), columns);
            }
        } finally {
            former.forEach(Phones::close);
        }
        return faults.stream().map(columns::get).toList();
    }

    private void run(Place place, List<Fault> faults, Map<Fault, Column> columns) throws InterruptedException {
        OwnCluster ground = null;
        Fault last = faults.getFirst();
        try {
            for (Fault fault : faults) {
                try {
                    if (ground == null || !ready(ground, last)) {
                        close(ground);
                        ground = null;
                        ground = start(place, faults);
                    }
                    columns.put(fault, column(place, ground, fault));
                    last = fault;
                } catch (IOException
                        | ExecutionException
                        | TimeoutException
                        | IllegalStateException
                        | SettingsProblem e) {
                    say.accept("fault " + fault.id() + " could not be tried: " + e);
                    columns.put(
                            fault,
                            new Column(fault, place.topology(), place.store(), null, String.valueOf(e.getMessage())));
                    close(ground);
                    ground = null;
                }
            }
        } finally {
            close(ground);
        }
    }

    private static void close(@Nullable OwnCluster ground) {
        if (ground != null) {
            ground.close();
        }
    }

    private OwnCluster start(Place place, List<Fault> faults) throws IOException {
        starts++;
        say.accept("cluster " + starts + ": " + place.topology() + ", " + place.store());
        Setup setup = Setup.of(
                place.topology(),
                place.store(),
                faults.stream().map(Fault::kind).toList());
        Path own = folder.resolve("cluster-" + starts);
        end.begins(own);
        OwnCluster ground = OwnCluster.start(setup, own, FailoverTrial.pbx(callsPerRow));
        end.heals(ground);
        return ground;
    }

    private Column column(Place place, OwnCluster ground, Fault fault)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        say.accept("fault " + fault.id() + ": " + fault.title());
        var trial = new FailoverTrial(
                folder, place.topology(), place.store(), callsPerRow, rows, line -> say.accept("  " + line));
        FailoverReport report = trial.on(ground, fault, this::keep);
        say.accept("  " + report.verdict());
        return new Column(fault, place.topology(), place.store(), report, "");
    }

    /**
     * A node that takes over calls that have just ended says their BYE once more: their phones stay for a while, as real ones do, and
     * their ports are nobody else's.
     */
    private void keep(Phones phones) {
        former.addLast(phones);
        while (former.size() > KEPT_COLUMNS) {
            former.removeFirst().close();
        }
    }

    /** Whether the cluster has recovered from the last fault: all serve, nothing of its calls is left. */
    private boolean ready(OwnCluster ground, Fault last) throws InterruptedException {
        long deadline = System.nanoTime() + COMES_BACK.toNanos();
        // Nodes that have come back before anybody looks here get their shards all the same.
        long missing = last.restarts() ? System.nanoTime() : 0;
        while (System.nanoTime() - deadline < 0) {
            try {
                boolean all = ground.allServe();
                missing = all ? missing : System.nanoTime();
                boolean settled = missing == 0 || System.nanoTime() - missing > REBALANCED.toNanos();
                if (all && settled && ClusterLoad.of(ground.cluster().calls()).calls() == 0) {
                    return true;
                }
            } catch (IOException e) {
                missing = System.nanoTime();
                say.accept("  not ready: " + e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        say.accept("  the cluster does not recover from the last fault: a new one");
        return false;
    }

    /** How many clusters were started. */
    public int starts() {
        return starts;
    }
}
