package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sempervox.chaos.simulation.story.Line;

/**
 * Datagrams whose fate is a function of what they are: which packet of which call it is and a seed, not of how many went before. So a
 * story from which lines are taken away keeps the fates of the packets that are left. In calm weather none overtakes another on its way.
 */
final class StoryNetwork implements Wire {
    private static final long USUAL = 5_000;
    private static final int MOST_LOST_IN_A_ROW = 3;

    private final Timeline timeline;
    private final List<Line.Sky> skies;
    private final Map<String, Line.Fate> fates = new HashMap<>();
    private final Function<String, String> names;
    private final Function<String, String> labels;
    private final Map<String, Consumer<Packet>> receivers = new HashMap<>();
    private final Map<String, Map<String, long[]>> lastArrivals = new HashMap<>();
    private final Map<Long, int[]> sent = new HashMap<>();
    private final List<Consumer<Packet>> watchers = new ArrayList<>();
    private final Set<Line.Fate> suffered = new HashSet<>();
    private final List<Line.Fate> sufferedInOrder = new ArrayList<>();
    private final boolean recording;
    private boolean calm;

    /**
     * @param names of addresses
     * @param labels of Call-IDs; both only for packets that are spoken of
     * @param recording keeps the misfortunes that skies bring
     */
    StoryNetwork(
            Timeline timeline,
            List<Line.Sky> skies,
            List<Line.Fate> fates,
            Function<String, String> names,
            Function<String, String> labels,
            boolean recording) {
        this.timeline = timeline;
        this.skies = skies;
        this.names = names;
        this.labels = labels;
        this.recording = recording;
        fates.forEach(fate -> this.fates.put(fate.packet(), fate));
    }

    @Override
    public void attach(String address, Consumer<Packet> receiver) {
        receivers.put(address, receiver);
    }

    /** Sees every packet when it is sent. */
    void watch(Consumer<Packet> watcher) {
        watchers.add(watcher);
    }

    /** From now on nothing is lost, repeated or late. */
    void calmDown() {
        calm = true;
    }

    /** What the skies did to packets, as lines that do the same without them. */
    List<Line.Fate> suffered() {
        return List.copyOf(sufferedInOrder);
    }

    @Override
    public void send(Packet packet) {
        for (Consumer<Packet> watcher : watchers) {
            watcher.accept(packet);
        }
        long identity = identity(packet);
        int[] count = sent.computeIfAbsent(identity, key -> new int[2]);
        count[0]++;
        long delay = USUAL;
        if (!calm) {
            Line.Fate fate = fates.isEmpty() ? null : fates.get(key(packet, count[0]));
            for (Line.Sky sky : skies) {
                long drawn = StepTrace.mix(sky.seed() ^ identity, count[0]);
                delay = 2_000 + Long.remainderUnsigned(drawn >>> 40, 18_000);
                fate = fate == null ? drawn(sky, drawn, packet, count) : fate;
            }
            if (fate != null) {
                switch (fate.what()) {
                    case LOSE -> {
                        return;
                    }
                    case REPEAT -> deliver(packet, delay + 3_000, true);
                    case DELAY -> {
                        deliver(packet, fate.late() * 1000L, true);
                        return;
                    }
                }
            }
        }
        deliver(packet, delay, false);
    }

    /** Loss is fair: of the same message at most three in a row, or any timer of RFC 3261 could be made to fire. */
    private Line.@org.jspecify.annotations.Nullable Fate drawn(Line.Sky sky, long drawn, Packet packet, int[] count) {
        int share = (int) Long.remainderUnsigned(drawn, 100);
        boolean lose = share < sky.loses() && count[1] < MOST_LOST_IN_A_ROW;
        count[1] = lose ? count[1] + 1 : 0;
        if (!lose && share >= sky.loses() + sky.repeats() + sky.delays()) {
            return null;
        }
        Line.Misfortune what = lose
                ? Line.Misfortune.LOSE
                : share < sky.loses() + sky.repeats() ? Line.Misfortune.REPEAT : Line.Misfortune.DELAY;
        int late = what == Line.Misfortune.DELAY ? 20 + (int) Long.remainderUnsigned(drawn >>> 20, 700) : 0;
        var fate = new Line.Fate(what, late, recording ? key(packet, count[0]) : "");
        if (recording && suffered.add(fate)) {
            sufferedInOrder.add(fate);
        }
        return fate;
    }

    private void deliver(Packet packet, long delay, boolean late) {
        long arrival = timeline.micros() + delay;
        if (!late) {
            long[] last = lastArrivals
                    .computeIfAbsent(packet.from(), key -> new HashMap<>())
                    .computeIfAbsent(packet.to(), key -> new long[1]);
            arrival = Math.max(arrival, last[0]);
            last[0] = arrival;
        }
        timeline.at(arrival, () -> {
            Consumer<Packet> receiver = receivers.get(packet.to());
            if (receiver != null) {
                receiver.accept(packet);
            }
        });
    }

    /** The same for each transmission of a message. */
    private static long identity(Packet packet) {
        long ways = packet.from().hashCode() * 31L + packet.to().hashCode();
        long what = switch (packet) {
            case Packet.Asking asking ->
                asking.request().method().hashCode() * 31L + asking.request().cseq();
            case Packet.Answering answering ->
                (answering.response().method().hashCode() * 31L
                                        + answering.response().cseq())
                                * 1009L
                        + answering.response().status();
        };
        return StepTrace.mix(StepTrace.mix(ways, what), packet.callId().hashCode());
    }

    private String key(Packet packet, int times) {
        String what = switch (packet) {
            case Packet.Asking asking ->
                asking.request().method() + "/" + asking.request().cseq();
            case Packet.Answering answering ->
                answering.response().status() + "/"
                        + answering.response().method() + "/"
                        + answering.response().cseq();
        };
        return names.apply(packet.from()) + ">" + names.apply(packet.to()) + " " + what + " of "
                + labels.apply(packet.callId()) + " #" + times;
    }
}
