package org.sempervox.chaos.failover;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterLoad.Share;

/** What happens to the cluster; on clusters where every node has all roles, the node is chosen by what it carries. */
public enum Fault {
    EDGE("a", "kill -9 of the node with most edges"),
    ENTITY("b", "kill -9 of the node with most entities, not the oldest"),
    OLDEST("c", "kill -9 of the oldest full node"),
    MEDIA("d", "kill -9 of the node with most media"),
    BUSIEST("e", "kill -9 of the node with most calls on it"),
    FROZEN("f", "SIGSTOP for 20 s, then SIGCONT"),
    GRACEFUL("k", "SIGTERM of a full node"),
    ROLLING("rolling", "SIGTERM of each full node in turn"),
    BOTH_IN_TURN("kill-both-in-turn", "kill -9 of n2, and of n1 as soon as n2 serves again");

    private final String id;
    private final String title;

    Fault(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** As the failover matrix names its column. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public static Optional<Fault> of(String id) {
        return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
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
            case BUSIEST, FROZEN, GRACEFUL -> load.most(nodes, Share::any).orElseThrow();
            case ROLLING -> nodes.getLast();
            case BOTH_IN_TURN -> nodes.get(1);
        };
    }
}
