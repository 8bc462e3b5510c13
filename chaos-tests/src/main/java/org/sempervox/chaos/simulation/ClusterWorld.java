package org.sempervox.chaos.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.simulation.story.Line;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.routing.Routing;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;

/** A cluster, its store, its phones and the network between them, in one thread on one simulated clock. Equal stories go equally. */
final class ClusterWorld {
    static final CallKeys KEYS = new CallKeys("simulated cluster key".getBytes(StandardCharsets.UTF_8));
    static final long START_MILLIS = Timeline.START.toEpochMilli();
    private static final int CALL_ID_LENGTH = 20;
    private static final Duration RING = Duration.ofSeconds(20);

    final Timeline timeline = new Timeline();
    final Broken broken;
    final StepTrace trace;
    final List<String> nodeNames;
    final AddressPlan addresses;
    final StoryNetwork network;
    final SimulatedStore store;
    final Membership membership;
    final ClusterInvariants invariants;
    final Map<String, ExtensionSettings> settings = new HashMap<>();
    final Map<String, SimulatedPhone> phones = new LinkedHashMap<>();
    final Map<String, PhoneRegistration> registrations = new LinkedHashMap<>();
    private final @Nullable List<String> told;
    private final Map<Integer, SimulatedNode> speakers = new HashMap<>();
    private final Map<String, Optional<CallKeys.LegId>> legs = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Flow> flows = new HashMap<>();
    private long terms;
    private int messages;

    /**
     * @param telling keeps what happens as lines of text
     * @param recording keeps what the sky does to packets
     */
    ClusterWorld(Story story, Broken broken, StepTrace trace, boolean telling, boolean recording) {
        this.broken = broken;
        this.trace = trace;
        this.told = telling ? new ArrayList<>() : null;
        this.nodeNames = Arrays.asList("n1", "n2", "n3").subList(0, story.nodes());
        var services = new ArrayList<ServiceAddress>();
        for (int i = 0; i < story.nodes(); i++) {
            services.add(new ServiceAddress(i, "10.0.0." + (i + 1), 5060, 20000, 20127, nodeNames.get(i)));
        }
        this.addresses = new AddressPlan(services);
        this.network = new StoryNetwork(
                timeline,
                story.all(Line.Sky.class),
                story.all(Line.Fate.class),
                this::placeName,
                this::callName,
                recording);
        this.store = new SimulatedStore(this);
        this.invariants = new ClusterInvariants(this);
        this.membership = new Membership(this);
        network.watch(invariants::sent);
        network.watch(packet -> {
            trace.add(timeline.micros());
            trace.add(StepTrace.mix(packet.from().hashCode(), packet.to().hashCode()));
            trace.add(packet.hashed());
        });
        if (telling) {
            network.watch(packet -> note(() -> placeName(packet.from()) + " -> " + placeName(packet.to()) + "  "
                    + packet.text() + " of " + callName(packet.callId())));
        }
        for (ServiceAddress address : services) {
            network.attach(address.sentBy(), packet -> arrived(address, packet));
        }
        membership.start(nodeNames);
    }

    private void arrived(ServiceAddress address, Packet packet) {
        trace.add(timeline.micros());
        SimulatedNode speaker = speakers.get(address.index());
        if (speaker != null) {
            speaker.run(() -> speaker.edge().receive(address, packet));
        }
    }

    /** A node has bound an address: the network brings its packets there from now on. */
    long bound(int service, SimulatedNode node) {
        speakers.put(service, node);
        return ++terms;
    }

    void unbound(int service, SimulatedNode node) {
        speakers.remove(service, node);
    }

    void extension(String number, Line.@Nullable Extension special) {
        settings.put(
                number,
                special == null
                        ? new ExtensionSettings(number, "", RING, null, null, 0)
                        : new ExtensionSettings(
                                number,
                                "",
                                Duration.ofMillis(special.rings()),
                                special.noAnswer().isEmpty() ? null : special.noAnswer(),
                                special.busy().isEmpty() ? null : special.busy(),
                                special.limit()));
    }

    SimulatedPhone phone(Line.Phone line) {
        String host = "10.0.1." + (phones.size() + 1);
        int service = line.service() % addresses.addresses().size();
        var phone = new SimulatedPhone(
                timeline,
                network,
                line.name(),
                line.extension(),
                host,
                addresses.get(service).sentBy());
        phone.ringAfter = Duration.ofMillis(line.rings());
        phone.answerAfter = line.answers() < 0 ? null : Duration.ofMillis(line.answers());
        phone.refuseWith = line.refuses();
        phone.earlyMedia = line.early();
        phone.delayedOffer = line.offersLate();
        phones.put(line.name(), phone);
        var registration = new PhoneRegistration(this, phone, line.name(), service);
        registrations.put(line.name(), registration);
        network.attach(phone.address(), packet -> {
            trace.add(timeline.micros());
            if (packet instanceof Packet.Answering answering
                    && answering.response().method().equals("REGISTER")) {
                if (!phone.dead) {
                    registration.receive(answering.response());
                }
            } else {
                phone.receive(packet);
            }
        });
        return phone;
    }

    Optional<SimulatedNode> process(String name) {
        return membership.process(name);
    }

    /** The other nodes that a node can see. */
    Collection<SimulatedNode> others(SimulatedNode node) {
        var others = new ArrayList<SimulatedNode>();
        for (String name : node.serving()) {
            process(name).filter(other -> other != node).ifPresent(others::add);
        }
        return others;
    }

    /** A message from node to node; lost if either is cut off or gone. */
    void between(SimulatedNode from, SimulatedNode to, Runnable action) {
        if (from == to) {
            to.after(10, action);
            return;
        }
        long way = 200 + Long.remainderUnsigned(StepTrace.mix(++messages, 7), 500);
        from.leave(from.inOrder(to, way), true, () -> arrive(from, to, action), timeline::nothing);
    }

    /** What a node sends that is no member any more is refused: its process is in quarantine. */
    private void arrive(SimulatedNode from, SimulatedNode to, Runnable action) {
        if (from.removed() || to.cutOff()) {
            return;
        }
        to.run(action);
    }

    void tellCall(SimulatedNode from, String id, CallCommand command) {
        membership.deliver(from, id, command);
    }

    void tellExtension(SimulatedNode from, String number, Consumer<NodeExtension> question) {
        membership.ask(from, number, question);
    }

    Destination route(SimulatedNode node, String dialled) {
        Destination found = Routing.route(
                number -> Optional.ofNullable(settings.get(number)),
                number -> {
                    SimulatedNode.Known known = node.bindings.get(number);
                    return known == null ? List.of() : known.bindings();
                },
                dialled,
                timeline.now());
        invariants.routed(node, dialled, found);
        return found;
    }

    Optional<CallKeys.LegId> leg(@Nullable String tag) {
        return tag == null ? Optional.empty() : legs.computeIfAbsent(tag, KEYS::parse);
    }

    String callId(SipRequest request, String fromTag) {
        return ids.computeIfAbsent(
                request.callId() + " " + fromTag + " " + request.cseq(),
                key -> KEYS.callId(request.callId(), fromTag, request.cseq()));
    }

    /** Calls are spoken of by the Call-ID of their caller. */
    void name(String id, String callerCallId) {
        labels.putIfAbsent(id.substring(0, 8), callerCallId);
    }

    String label(String id) {
        return id.startsWith("Extension|")
                ? id
                : labels.getOrDefault(
                        id.substring(id.startsWith("Call|") ? 5 : 0, id.startsWith("Call|") ? 13 : 8), id);
    }

    private String callName(String callId) {
        return callId.length() > CALL_ID_LENGTH + 1 && callId.charAt(CALL_ID_LENGTH) == '@'
                ? labels.getOrDefault(callId.substring(CALL_ID_LENGTH + 1), callId)
                : callId;
    }

    private String placeName(String address) {
        for (ServiceAddress service : addresses.addresses()) {
            if (service.sentBy().equals(address)) {
                return "pbx" + service.index();
            }
        }
        for (Map.Entry<String, SimulatedPhone> phone : phones.entrySet()) {
            if (phone.getValue().address().equals(address)) {
                return phone.getKey();
            }
        }
        return address;
    }

    Flow flow(int service, String from) {
        return flows.computeIfAbsent(service + from, key -> {
            int colon = from.lastIndexOf(':');
            return Flow.udp(service, from.substring(0, colon), Integer.parseInt(from.substring(colon + 1)));
        });
    }

    String place(Flow flow) {
        return flow.host() + ":" + flow.port();
    }

    void note(Supplier<String> text) {
        List<String> lines = told;
        if (lines != null) {
            lines.add(String.format(Locale.ROOT, "%9.3f  %s", timeline.micros() / 1e6, text.get()));
        }
    }

    List<String> told() {
        return told == null ? List.of() : List.copyOf(told);
    }
}
