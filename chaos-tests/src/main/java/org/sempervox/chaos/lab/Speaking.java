package org.sempervox.chaos.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has spoken as a service address, and who said that it is there.
 *
 * @param packets times of the UDP packets with that source address, by host, ascending; no entry for a host that sent none
 * @param announcements ARP that tells where the address is, in the order of time
 */
public record Speaking(String address, Map<String, List<Instant>> packets, List<Announcement> announcements) {
    /** A host says that it has the address: unasked for or as an answer. */
    public record Announcement(Instant at, String host, boolean reply) {}

    /**
     * Two hosts spoke as the same address at the same time.
     *
     * @param from begin of the second one's packets
     * @param to last packet of the one that stopped first
     * @param packets of both in that time
     */
    public record Overlap(String one, String other, Instant from, Instant to, int packets) {
        /** Milliseconds; 0 if it is one packet only. */
        public double ms() {
            return Duration.between(from, to).toNanos() / 1e6;
        }
    }

    /** Packets of one host, none of them further from the next than the pause that counts. */
    public record Stretch(Instant from, Instant to, long packets) {}

    public Speaking {
        packets = Map.copyOf(packets);
        announcements = List.copyOf(announcements);
    }

    /** Takes packets in any order. */
    public static Speaking of(Collection<Seen> seen, String address) {
        var packets = new TreeMap<String, List<Instant>>();
        var announcements = new ArrayList<Announcement>();
        List<Seen> inOrder =
                seen.stream().sorted((a, b) -> a.at().compareTo(b.at())).toList();
        for (Seen one : inOrder) {
            switch (one) {
                case Seen.Udp udp -> {
                    if (udp.source().getAddress().getHostAddress().equals(address)) {
                        packets.computeIfAbsent(udp.host(), _ -> new ArrayList<>())
                                .add(udp.at());
                    }
                }
                case Seen.Arp arp -> {
                    if (arp.announces(address)) {
                        announcements.add(new Announcement(arp.at(), arp.host(), arp.reply()));
                    }
                }
            }
        }
        packets.replaceAll((_, times) -> List.copyOf(times));
        return new Speaking(address, packets, announcements);
    }

    /**
     * The times in which two hosts both spoke. A host speaks from a packet to its next one if that comes within {@code pause}: with audio of
     * 20 ms, 100 ms are a good pause. A hand-over without a packet of the former owner after the first of the next one is no overlap.
     */
    public List<Overlap> overlaps(Duration pause) {
        var overlaps = new ArrayList<Overlap>();
        List<String> hosts = packets.keySet().stream().sorted().toList();
        for (int i = 0; i < hosts.size(); i++) {
            for (String other : hosts.subList(i + 1, hosts.size())) {
                overlaps(hosts.get(i), other, pause, overlaps);
            }
        }
        overlaps.sort((a, b) -> a.from().compareTo(b.from()));
        return List.copyOf(overlaps);
    }

    private void overlaps(String one, String other, Duration pause, List<Overlap> into) {
        List<Stretch> mine = stretches(one, pause);
        List<Stretch> others = stretches(other, pause);
        int i = 0;
        int j = 0;
        while (i < mine.size() && j < others.size()) {
            Stretch a = mine.get(i);
            Stretch b = others.get(j);
            Instant from = a.from().isAfter(b.from()) ? a.from() : b.from();
            Instant to = a.to().isBefore(b.to()) ? a.to() : b.to();
            if (!from.isAfter(to)) {
                int count = count(one, from, to) + count(other, from, to);
                into.add(new Overlap(one, other, from, to, count));
            }
            if (a.to().isBefore(b.to())) {
                i++;
            } else {
                j++;
            }
        }
    }

    /** When that host spoke, in the order of time; see {@link #overlaps} for the pause. */
    public List<Stretch> stretches(String host, Duration pause) {
        return stretches(packets.getOrDefault(host, List.of()), pause);
    }

    /** Packets of that host in that time, both ends included. */
    public int count(String host, Instant from, Instant to) {
        return (int) packets.getOrDefault(host, List.of()).stream()
                .filter(at -> !at.isBefore(from) && !at.isAfter(to))
                .count();
    }

    private static List<Stretch> stretches(List<Instant> times, Duration pause) {
        var stretches = new ArrayList<Stretch>();
        for (Instant at : times) {
            Stretch last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && Duration.between(last.to(), at).compareTo(pause) <= 0) {
                stretches.set(stretches.size() - 1, new Stretch(last.from(), at, last.packets() + 1));
            } else {
                stretches.add(new Stretch(at, at, 1));
            }
        }
        return stretches;
    }
}
