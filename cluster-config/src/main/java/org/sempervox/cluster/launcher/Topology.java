package org.sempervox.cluster.launcher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sempervox.cluster.settings.HostsFile;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The nodes of a cluster on one machine, in the order of their cluster ports.
 *
 * <p>The witness is last in address order: it never breaks a tie and is never the leader while a full node lives. It starts first and is
 * the first seed: only a first seed can form a cluster by itself, and an island of a witness serves no call.
 *
 * <p>A spare node is planned, with a port and perhaps a service address, but not started: whoever wants it lets it join. Until then it has
 * no voice: a majority is one of the members there are, not of those that are planned.
 */
public record Topology(List<Member> members) {
    /** A node to be: its name and roles, and whether it is left to others to start it. */
    public record Member(String name, boolean witness, boolean spare, List<String> roles) {
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

    public Set<String> names() {
        return members.stream().map(Member::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Hosts that keep the witness last in address order, which goes by text. */
    public HostsFile checked(HostsFile hosts) {
        for (Member witness : members) {
            for (Member full : witness.witness() ? fullNodes() : List.<Member>of()) {
                String first = hosts.of(full.name()).address();
                String last = hosts.of(witness.name()).address();
                if (first.compareTo(last) > 0) {
                    throw new SettingsProblem(
                            "nodes." + witness.name() + ".address",
                            last,
                            "one that sorts as text after " + first + " of " + full.name()
                                    + ": the witness must not break a tie");
                }
            }
        }
        return hosts;
    }

    /** Those that the launcher starts. */
    List<Member> started() {
        return members.stream().filter(m -> !m.spare()).toList();
    }

    /** With so many more full nodes, spare ones, before the witness. */
    public Topology withSpares(int count) {
        List<Member> full = fullNodes();
        if (count < 0 || full.size() + count > MOST_NODES) {
            throw new SettingsProblem(
                    "--spare", Integer.toString(count), "0 to " + (MOST_NODES - full.size()) + " more full nodes");
        }
        var all = new ArrayList<>(full);
        for (int i = 1; i <= count; i++) {
            all.add(new Member(
                    "n" + (full.size() + i), false, true, full.getFirst().roles()));
        }
        all.addAll(members.stream().filter(Member::witness).toList());
        return new Topology(all);
    }

    /** The one that forms the cluster. */
    Member first() {
        return members.stream().filter(Member::witness).findFirst().orElse(members.getFirst());
    }

    private static Topology full(int nodes, boolean witness, List<String> roles) {
        var members = new ArrayList<Member>();
        for (int i = 1; i <= nodes; i++) {
            members.add(new Member("n" + i, false, false, roles));
        }
        if (witness) {
            members.add(new Member("w1", true, false, List.of("witness")));
        }
        return new Topology(members);
    }
}
