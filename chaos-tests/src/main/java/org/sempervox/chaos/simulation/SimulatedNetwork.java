package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Datagrams with a seeded delay of 2–20 ms; in calm weather none is lost and none overtakes another on the same way. */
final class SimulatedNetwork implements Wire {
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Weather weather;
    private final Map<String, Consumer<Packet>> receivers = new HashMap<>();
    private final Map<String, Long> lastArrival = new HashMap<>();
    private final List<Consumer<Packet>> watchers = new ArrayList<>();
    private final Map<String, Integer> lostInARow = new HashMap<>();
    private Predicate<Packet> swallow = packet -> false;

    SimulatedNetwork(Timeline timeline, SplittableRandom random, Weather weather) {
        this.timeline = timeline;
        this.random = random;
        this.weather = weather;
    }

    @Override
    public void attach(String address, Consumer<Packet> receiver) {
        receivers.put(address, receiver);
    }

    /** Sees every packet when it is sent. */
    void watch(Consumer<Packet> watcher) {
        watchers.add(watcher);
    }

    /** Packets that a scenario wants lost. */
    void swallow(Predicate<Packet> which) {
        swallow = which;
    }

    @Override
    public void send(Packet packet) {
        watchers.forEach(watcher -> watcher.accept(packet));
        if (swallow.test(packet) || lost(packet)) {
            return;
        }
        deliver(packet);
        if (weather.repeat() > 0 && random.nextDouble() < weather.repeat()) {
            deliver(packet);
        }
    }

    /** Fair loss: of the same message at most three in a row, or any timer of RFC 3261 could be made to fire. */
    private boolean lost(Packet packet) {
        if (random.nextDouble() >= weather.loss()) {
            return false;
        }
        return lostInARow.merge(packet.from() + packet.to() + packet.text(), 1, Integer::sum) % 4 != 0;
    }

    private void deliver(Packet packet) {
        long arrival = timeline.micros() + random.nextLong(2_000, 20_000);
        if (!weather.reorder()) {
            arrival = Math.max(arrival, lastArrival.getOrDefault(packet.from() + ">" + packet.to(), 0L));
            lastArrival.put(packet.from() + ">" + packet.to(), arrival);
        }
        timeline.at(arrival, () -> {
            Consumer<Packet> receiver = receivers.get(packet.to());
            if (receiver != null) {
                receiver.accept(packet);
            }
        });
    }
}
