package org.sempervox.chaos.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is cut between hosts and what is lost there, as data. The rules are those of the bridge: a cut takes whole frames, ARP too, as a cut
 * between two switches would; it comes for all hosts in one transaction, at one instant; and no host can see it. Frames to and from the
 * outside pass no rule, as they are not forwarded.
 *
 * @param lost percent by way
 */
record Cuts(Set<Way> severed, Map<Way, Integer> lost) {
    static final Cuts NONE = new Cuts(Set.of(), Map.of());

    /** From one host to another, by name. */
    record Way(String from, String to) implements Comparable<Way> {
        @Override
        public int compareTo(Way other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    Cuts {
        severed = Set.copyOf(severed);
        lost = Map.copyOf(lost);
    }

    Cuts oneWay(String from, String to) {
        return between(List.of(from), List.of(to), false);
    }

    /** All ways between two groups, both ways. */
    Cuts split(Collection<String> one, Collection<String> other) {
        return between(one, other, true);
    }

    private Cuts between(Collection<String> one, Collection<String> other, boolean bothWays) {
        var all = new TreeSet<>(severed);
        for (String a : one) {
            for (String b : other) {
                if (a.equals(b)) {
                    throw new IllegalArgumentException(a + " cannot be cut from itself");
                }
                all.add(new Way(a, b));
                if (bothWays) {
                    all.add(new Way(b, a));
                }
            }
        }
        return new Cuts(all, lost);
    }

    /** On every way between these hosts; zero ends it. */
    Cuts loss(int percent, Collection<String> hosts) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException(percent + " % loss: expected 0-100");
        }
        var all = new TreeMap<>(lost);
        for (String from : hosts) {
            for (String to : hosts) {
                if (!from.equals(to)) {
                    all.put(new Way(from, to), percent);
                }
            }
        }
        all.values().removeIf(share -> share == 0);
        return new Cuts(severed, all);
    }

    /** Replaces the rules of a laboratory, in one transaction; for {@code nft -f}. */
    String rules(LabState state) {
        String table = "table bridge " + state.bridge();
        var lines = new ArrayList<String>();
        // The first line is for the second: there is no "delete if it exists" that every nft knows.
        lines.add(table + " {}");
        lines.add("delete " + table);
        if (severed.isEmpty() && lost.isEmpty()) {
            return String.join("\n", lines) + "\n";
        }
        lines.add(table + " {");
        lines.add("  chain between {");
        lines.add("    type filter hook forward priority 0; policy accept;");
        new TreeSet<>(severed).forEach(way -> lines.add(rule(state, way, "drop")));
        new TreeMap<>(lost).forEach((way, percent) -> lines.add(rule(state, way, loss(percent))));
        lines.add("  }");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private static String loss(int percent) {
        return percent == 100 ? "drop" : "numgen random mod 100 < " + percent + " drop";
    }

    private static String rule(LabState state, Way way, String verdict) {
        return "    iifname \"%s\" oifname \"%s\" %s"
                .formatted(state.host(way.from()).port(), state.host(way.to()).port(), verdict);
    }
}
