package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterLoad.Share;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.FaultKind;
import org.sempervox.chaos.scenario.Target;

/** What happens to the cluster; on clusters where every node has all roles, the node is chosen by what it carries. */
public enum Fault {
    EDGE("a", "kill -9 of the node with most edges", FaultKind.KILL),
    ENTITY("b", "kill -9 of the node with most entities, not the oldest", FaultKind.KILL),
    OLDEST("c", "kill -9 of the oldest full node", FaultKind.KILL),
    MEDIA("d", "kill -9 of the node with most media", FaultKind.KILL),
    BUSIEST("e", "kill -9 of the node with most calls on it", FaultKind.KILL),
    FROZEN("f", "SIGSTOP for 20 s, then SIGCONT", FaultKind.FREEZE, 20),
    CUT("g", "network cut: one node from the others, for 20 s", FaultKind.CUT, 20),
    SPLIT("h", "network cut between two halves, both reachable by phones, for 20 s", FaultKind.SPLIT, 20),
    LOSS("i", "5 % packet loss between the nodes for 20 s", FaultKind.LOSS, 20),
    HEAVY_LOSS("i30", "30 % packet loss between the nodes for 5 s", FaultKind.LOSS, 5),
    STORE_STOPPED("j", "the store stands still for 10 s", FaultKind.STORAGE_STOPPED, 10),
    STORE_SLOW("j-slow", "the store takes half a second, for 10 s", FaultKind.STORAGE_SLOW, 10),
    STORE_NODE("j-node", "kill -9 of one of three Cassandras", FaultKind.STORAGE_NODE_DOWN),
    GRACEFUL("k", "SIGTERM of a full node", FaultKind.STOP),
    ROLLING("rolling", "SIGTERM of each full node in turn", FaultKind.STOP),
    POWER_CUT("l", "everything killed at once and started again", FaultKind.POWER_CUT),
    TWO("m", "kill -9 of a full node, and of the witness 3 s later", FaultKind.KILL),
    BOTH_IN_TURN("kill-both-in-turn", "kill -9 of n2, and of n1 as soon as n2 serves again", FaultKind.KILL),
    CLOCK_FORWARD("n", "clock of one node set 90 s forward for 20 s", FaultKind.CLOCK, 20),
    CLOCK_BACK("n-back", "clock of one node set 90 s back for 20 s", FaultKind.CLOCK, 20),
    DISK_FULL("o", "disk of one node full for 20 s", FaultKind.DISK_FULL, 20),
    JOIN("p", "one more full node joins", FaultKind.JOIN);

    private static final int CLOCK_SECONDS = 90;

    private final String id;
    private final String title;
    private final FaultKind kind;
    private final int seconds;

    Fault(String id, String title, FaultKind kind) {
        this(id, title, kind, 0);
    }

    Fault(String id, String title, FaultKind kind, int seconds) {
        this.id = id;
        this.title = title;
        this.kind = kind;
        this.seconds = seconds;
    }

    /** As the failover matrix names its column, with a word where a column has several. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public FaultKind kind() {
        return kind;
    }

    public static Optional<Fault> of(String id) {
        return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
    }

    /** All faults of one column of the failover matrix; of another name, that one alone. */
    public static List<Fault> column(String letter) {
        return Arrays.stream(values())
                .filter(fault -> fault.id.equals(letter) || fault.column().equals(letter))
                .toList();
    }

    /** Its letter in the failover matrix; its own name if it has none there. */
    private String column() {
        return switch (this) {
            case EDGE, ENTITY, OLDEST, MEDIA, BOTH_IN_TURN -> id;
            case ROLLING -> "k";
            case TWO -> "m";
            case BUSIEST,
                    FROZEN,
                    CUT,
                    SPLIT,
                    LOSS,
                    HEAVY_LOSS,
                    STORE_STOPPED,
                    STORE_SLOW,
                    STORE_NODE,
                    GRACEFUL,
                    POWER_CUT,
                    CLOCK_FORWARD,
                    CLOCK_BACK,
                    DISK_FULL,
                    JOIN -> kind.column();
        };
    }

    /** What is done at its moment. */
    Blow blow() {
        double amount = switch (this) {
            case LOSS -> 5;
            case HEAVY_LOSS -> 30;
            case CLOCK_FORWARD -> CLOCK_SECONDS;
            case CLOCK_BACK -> -CLOCK_SECONDS;
            case EDGE,
                    ENTITY,
                    OLDEST,
                    MEDIA,
                    BUSIEST,
                    FROZEN,
                    CUT,
                    SPLIT,
                    STORE_STOPPED,
                    STORE_SLOW,
                    STORE_NODE,
                    GRACEFUL,
                    ROLLING,
                    POWER_CUT,
                    TWO,
                    BOTH_IN_TURN,
                    DISK_FULL,
                    JOIN -> 0;
        };
        return new Blow(kind, new Target("none"), Duration.ofSeconds(seconds), amount);
    }

    /** Whether calls that are placed meanwhile may be told to come again later (S28). */
    boolean putsOff() {
        return kind == FaultKind.STORAGE_STOPPED || kind == FaultKind.STORAGE_SLOW || kind == FaultKind.POWER_CUT;
    }

    /** Whether it says little unless the calls are spread over the nodes: it strikes one and leaves the others. */
    boolean wantsSpread() {
        return switch (kind) {
            case KILL, FREEZE, STOP, DRAIN, CUT, CUT_ONE_WAY, CUT_APART, UNPLUG, SPLIT, POWER_OFF, CLOCK, DISK_FULL ->
                true;
            case ROLLING_RESTART, UPGRADE, LOSS, STORAGE_STOPPED, STORAGE_SLOW, STORAGE_NODE_DOWN, POWER_CUT, JOIN ->
                false;
        };
    }

    /** Whether nodes have been started again by the time it is over. */
    boolean restarts() {
        return this == ROLLING || this == BOTH_IN_TURN || this == POWER_CUT;
    }

    /** The node that it strikes first. */
    String victim(ClusterLoad load, List<String> nodes, String oldest) {
        return switch (this) {
            case EDGE -> load.most(nodes, Share::edges).orElseThrow();
            case ENTITY ->
                load.most(nodes.stream().filter(n -> !n.equals(oldest)).toList(), Share::entities)
                        .orElseThrow();
            case OLDEST -> oldest;
            case MEDIA -> load.most(nodes, Share::media).orElseThrow();
            case BUSIEST,
                    FROZEN,
                    GRACEFUL,
                    CUT,
                    SPLIT,
                    LOSS,
                    HEAVY_LOSS,
                    STORE_STOPPED,
                    STORE_SLOW,
                    STORE_NODE,
                    POWER_CUT,
                    TWO,
                    CLOCK_FORWARD,
                    CLOCK_BACK,
                    DISK_FULL,
                    JOIN -> load.most(nodes, Share::any).orElseThrow();
            case ROLLING -> nodes.getLast();
            case BOTH_IN_TURN -> nodes.get(1);
        };
    }
}
