package org.sempervox.cluster.launcher;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The nodes of a cluster on one machine, in the order of their cluster ports.
 *
 * <p>The witness is last in address order: it never breaks a tie and is never the leader while a full node lives. It starts first and is
 * the first seed: only a first seed can form a cluster by itself, and an island of a witness serves no call.
 */
public record Topology(List<Member> members) {
    /** A node to be: its name and roles. */
    public record Member(String name, boolean witness, List<String> roles) {
        public Member {
            roles = List.copyOf(roles);
        }
    }

    private static final int MOST_NODES = 16;

    public Topology {
        members = List.copyOf(members);
    }

    /**
     * The nodes of a topology.
     *
     * @param text {@code office} or the number of full nodes
     * @param roles of each full node
     */
    public static Topology of(String text, List<String> roles) {
        if (text.equals("office")) {
            return full(2, true, roles);
        }
        String expected = "office or a number of nodes from 1 to " + MOST_NODES;
        if (!text.matches("[0-9]{1,2}")) {
            throw new SettingsProblem("--topology", text, expected);
        }
        int nodes = Integer.parseInt(text);
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new SettingsProblem("--topology", text, expected);
        }
        return full(nodes, false, roles);
    }

    public List<Member> fullNodes() {
        return members.stream().filter(m -> !m.witness()).toList();
    }

    /** The one that forms the cluster. */
    Member first() {
        return members.stream().filter(Member::witness).findFirst().orElse(members.getFirst());
    }

    private static Topology full(int nodes, boolean witness, List<String> roles) {
        var members = new ArrayList<Member>();
        for (int i = 1; i <= nodes; i++) {
            members.add(new Member("n" + i, false, roles));
        }
        if (witness) {
            members.add(new Member("w1", true, List.of("witness")));
        }
        return new Topology(members);
    }
}
