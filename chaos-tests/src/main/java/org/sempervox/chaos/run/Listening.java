package org.sempervox.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.sempervox.chaos.ground.Ground.Spoken;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.lab.Speaking;

/** From captured packets to lines: who spoke as which service address when, and whether two did at once. */
final class Listening {
    /** Audio comes every 20 ms: who pauses longer has stopped. Between the packets of a stretch its host counts as speaking. */
    private static final Duration PAUSE = Duration.ofMillis(100);

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

    void write(Spoken spoken, List<Timeline.Returned> returned, boolean captured) {
        boolean proves = captured && spoken.lost() == 0;
        if (spoken.lost() > 0) {
            history.add(new Entry.Note(
                    history.now(), spoken.lost() + " packets were not captured: nothing is proved about who spoke"));
        }
        if (proves) {
            spoken.addresses().forEach(this::address);
        }
        for (Timeline.Returned one : returned) {
            double from = (one.back().from() - zero) / 1e6;
            double to = from + Math.max(0, one.back().endedMs()) + LAST_WORDS_MS;
            long spoke = proves
                    ? spoken.addresses().stream()
                            .mapToLong(address -> address.count(one.back().node(), time(from), time(to)))
                            .sum()
                    : -1;
            history.add(new Entry.Woken(from, one.back().node(), one.back().endedMs(), spoke, one.repeats()));
        }
    }

    private void address(Speaking speaking) {
        for (String host : new TreeSet<>(speaking.packets().keySet())) {
            speaking.stretches(host, PAUSE)
                    .forEach(one -> history.add(
                            new Entry.Speech(at(one.to()), at(one.from()), speaking.address(), host, one.packets())));
        }
        speaking.overlaps(PAUSE)
                .forEach(one -> history.add(new Entry.Overlap(
                        at(one.to()),
                        at(one.from()),
                        speaking.address(),
                        List.of(one.one(), one.other()),
                        (long) one.ms() + 1)));
    }

    private double at(Instant time) {
        return Duration.between(wall, time).toNanos() / 1e6;
    }

    private Instant time(double at) {
        return wall.plusNanos((long) (at * 1e6));
    }
}
