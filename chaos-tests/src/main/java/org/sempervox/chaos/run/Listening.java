package org.sempervox.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sempervox.chaos.ground.Ground.Packet;
import org.sempervox.chaos.ground.Ground.Spoken;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;

/** From captured packets to lines: who spoke as which service address when, and whether two did at once. */
final class Listening {
    /** Audio comes every 20 ms: who pauses longer has stopped. */
    private static final double PAUSE_MS = 100;

    private static final double LAST_WORDS_MS = 20;

    private final HistoryFile history;
    private final Instant wall;
    private final long zero;

    /** {@code wall} and {@code zero}: the same moment on the two clocks. */
    Listening(HistoryFile history, Instant wall, long zero) {
        this.history = history;
        this.wall = wall;
        this.zero = zero;
    }

    /** A stretch in which one host spoke. */
    record Stretch(String host, double from, double to, long packets) {}

    void write(Spoken spoken, List<Timeline.Returned> returned, boolean captured) {
        boolean proves = captured && spoken.lost() == 0;
        if (spoken.lost() > 0) {
            history.add(new Entry.Note(
                    history.now(), spoken.lost() + " packets were not captured: nothing is proved about who spoke"));
        }
        if (proves) {
            addresses(spoken.packets());
        }
        for (Timeline.Returned one : returned) {
            double from = (one.back().from() - zero) / 1e6;
            double to = from + Math.max(0, one.back().endedMs()) + LAST_WORDS_MS;
            long spoke = proves
                    ? spoken.packets().stream()
                            .filter(packet -> packet.host().equals(one.back().node()))
                            .mapToDouble(packet -> at(packet.at()))
                            .filter(at -> at >= from && at <= to)
                            .count()
                    : -1;
            history.add(new Entry.Woken(from, one.back().node(), one.back().endedMs(), spoke, one.repeats()));
        }
    }

    private void addresses(List<Packet> packets) {
        Map<String, Map<String, List<Stretch>>> byAddress = new TreeMap<>();
        for (Packet packet : packets) {
            var byHost = byAddress.computeIfAbsent(packet.address(), _ -> new HashMap<>());
            extend(byHost.computeIfAbsent(packet.host(), _ -> new ArrayList<>()), packet.host(), at(packet.at()));
        }
        byAddress.forEach((address, byHost) -> {
            byHost.values()
                    .forEach(stretches -> stretches.forEach(one ->
                            history.add(new Entry.Speech(one.to(), one.from(), address, one.host(), one.packets()))));
            overlaps(address, byHost);
        });
    }

    private static void extend(List<Stretch> stretches, String host, double at) {
        Stretch last = stretches.isEmpty() ? null : stretches.getLast();
        if (last != null && at - last.to() <= PAUSE_MS) {
            stretches.set(stretches.size() - 1, new Stretch(host, last.from(), at, last.packets() + 1));
        } else {
            stretches.add(new Stretch(host, at, at, 1));
        }
    }

    /** Between the first and the last packet of a stretch its host counts as speaking, also in the milliseconds between two packets. */
    private void overlaps(String address, Map<String, List<Stretch>> byHost) {
        List<String> hosts = List.copyOf(new TreeSet<>(byHost.keySet()));
        for (int i = 0; i < hosts.size(); i++) {
            for (int j = i + 1; j < hosts.size(); j++) {
                for (Stretch one : byHost.getOrDefault(hosts.get(i), List.of())) {
                    for (Stretch other : byHost.getOrDefault(hosts.get(j), List.of())) {
                        double from = Math.max(one.from(), other.from());
                        double to = Math.min(one.to(), other.to());
                        if (from <= to) {
                            history.add(new Entry.Overlap(
                                    to, from, address, List.of(one.host(), other.host()), (long) (to - from) + 1));
                        }
                    }
                }
            }
        }
    }

    private double at(Instant time) {
        return Duration.between(wall, time).toNanos() / 1e6;
    }
}
