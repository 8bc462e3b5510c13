package org.sempervox.chaos.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;

/** Everything of one run: clock, network, phones, edges, calls, media, records. Equal arguments give equal runs. */
final class World {
    final Timeline timeline = new Timeline();
    final CallKeys keys = new CallKeys("simulated cluster key".getBytes(StandardCharsets.UTF_8));
    final AddressPlan addresses = new AddressPlan(List.of(
            new ServiceAddress(0, "10.0.0.1", 5060, 20000, 29999, "n1"),
            new ServiceAddress(1, "10.0.0.2", 5060, 20000, 29999, "n2")));
    final SimulatedNetwork network;
    final SimulatedEdge edge;
    final SimulatedMedia media;
    final SimulatedCall.All calls = new SimulatedCall.All(this);
    final SimulatedCall.Points points;
    final Broken broken;
    final Invariants invariants;
    final Map<String, Destination> directory = new HashMap<>();
    final Map<String, SimulatedPhone> phones = new LinkedHashMap<>();
    final Set<String> slots = new TreeSet<>();
    final List<CallRecord> records = new ArrayList<>();
    boolean ports = true;
    boolean allDead;

    /** Last time before all nodes died; null if they never did. */
    @Nullable
    Instant aliveAt;

    Instant recordsDownUntil = Timeline.START;
    private final List<Line> story = new ArrayList<>();
    private Duration downtime = Duration.ZERO;
    private int crashes;

    private record Line(Instant at, @Nullable Packet packet, String note) {}

    World(long seed, List<Crash> crashes, Weather weather, Broken broken) {
        this.network = new SimulatedNetwork(timeline, new SplittableRandom(seed), weather);
        this.points = new SimulatedCall.Points(crashes);
        this.broken = broken;
        this.edge =
                new SimulatedEdge(timeline, network, addresses, keys, calls::tell, broken == Broken.PROMISED_CANCEL);
        this.media = new SimulatedMedia(
                timeline, (id, report) -> calls.tell(id, new CallCommand.ReportMedia(timeline.now(), report)));
        this.invariants = new Invariants(this);
        network.watch(packet -> story.add(new Line(timeline.now(), packet, "")));
        network.watch(invariants::see);
    }

    /** A phone whose extension is its number. Callers live on the first service address, all others on the second. */
    SimulatedPhone phone(String number, int service) {
        String host = "10.0.1." + (phones.size() + 1);
        var phone = new SimulatedPhone(
                timeline, network, number, number, host, addresses.get(service).sentBy());
        phones.put(number, phone);
        return phone;
    }

    /** Where a number leads: these phones. */
    void ring(
            String number, Duration ringFor, @Nullable String noAnswer, @Nullable String busy, SimulatedPhone... who) {
        var targets = new ArrayList<Destination.Target>();
        for (SimulatedPhone phone : who) {
            targets.add(new Destination.Target(
                    "sip:" + phone.number + "@" + phone.address(), Flow.udp(1, phone.host(), 5060)));
        }
        directory.put(number, new Destination.Ring(number, "", targets, ringFor, noAnswer, busy));
    }

    void note(String call, String text) {
        story.add(new Line(timeline.now(), null, call.substring(0, 4) + " " + text));
    }

    void crashed(Crash crash) {
        crashes++;
        downtime = downtime.plus(crash.downtime());
    }

    int crashes() {
        return crashes;
    }

    Duration downtime() {
        return downtime;
    }

    /** An upsert by id; one with other content than before is kept as another record, for the invariant to find. */
    boolean store(CallRecord record) {
        if (timeline.now().isBefore(recordsDownUntil)) {
            return false;
        }
        if (broken != Broken.NO_RECORD && !records.contains(record)) {
            records.add(record);
        }
        if (broken == Broken.DOUBLE_RECORD) {
            records.add(record);
        }
        return true;
    }

    /** What a broken build makes of a message. */
    Optional<Outbound> broken(Outbound message, String call, long epoch) {
        return switch (message) {
            case Outbound.Response response -> {
                boolean caller200 = response.response().status() == 200
                        && response.response().method().equals("INVITE")
                        && response.flow().service() == 0;
                yield broken == Broken.FORGET_CALLER_200 && epoch > 1 && caller200
                        ? Optional.empty()
                        : Optional.of(message);
            }
            case Outbound.Request request -> {
                String method = request.request().method();
                boolean forgotten = broken == Broken.FORGET_BYE && method.equals("BYE")
                        || broken == Broken.FORGET_CANCEL && method.equals("CANCEL");
                if (forgotten) {
                    yield Optional.empty();
                }
                if (broken == Broken.NEW_BRANCH && epoch > 1) {
                    yield Optional.of(SimulatedCall.altered(
                            request,
                            call.substring(0, 2) + epoch,
                            request.request().cseq()));
                }
                yield broken == Broken.RESTART_CSEQ && epoch > 1
                        ? Optional.of(SimulatedCall.altered(request, "", 1))
                        : Optional.of(message);
            }
        };
    }

    /** The first {@code limit} lines of what happened; with more, the middle is left out. */
    List<String> story(int limit) {
        List<String> lines = story.stream().map(this::text).toList();
        if (lines.size() <= limit) {
            return lines;
        }
        int crash = 0;
        for (int i = 0; i < lines.size(); i++) {
            crash = crash == 0 && lines.get(i).contains("CRASH") ? i : crash;
        }
        int from = Math.clamp(crash - limit / 2, 0, lines.size() - limit);
        return lines.subList(from, from + limit);
    }

    private String text(Line line) {
        String time = String.format(
                java.util.Locale.ROOT,
                "%9.3f ",
                Duration.between(Timeline.START, line.at()).toMillis() / 1000.0);
        Packet packet = line.packet();
        return packet == null
                ? time + line.note()
                : time + name(packet.from()) + " -> " + name(packet.to()) + "  " + packet.text();
    }

    private String name(String address) {
        for (SimulatedPhone phone : phones.values()) {
            if (phone.address().equals(address)) {
                return phone.number;
            }
        }
        return address.equals(addresses.get(0).sentBy()) ? "pbx0" : "pbx1";
    }
}
