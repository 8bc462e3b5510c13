package org.sempervox.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.membership.Membership;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.address.ServiceAddress;

/**
 * What {@code /status} says. Figures of the parts appear under {@code parts} and, added up over the parts, beside the node's own fields:
 * so {@code entities} and {@code mediaSessions} are where outsiders look for them.
 */
final class NodeStatus {
    private static final long MIB = 1024L * 1024L;

    /** By its first jar: nodes with different ones run different builds. */
    private static final String BUILD = System.getProperty("java.class.path").split(File.pathSeparator, 2)[0];

    private final NodeFile file;
    private final NodeContext context;
    private final Membership membership;
    private final Map<String, NodeRole.Running> running;
    private final AtomicReference<@Nullable Instant> lastTakeover = new AtomicReference<>();
    private volatile String state = "starting";

    NodeStatus(NodeFile file, NodeContext context, Membership membership, Map<String, NodeRole.Running> running) {
        this.file = file;
        this.context = context;
        this.membership = membership;
        this.running = running;
        context.ownership().subscribe(this::noteTakeover);
    }

    void state(String now) {
        state = now;
    }

    JsonNode json() {
        ObjectNode json = RecordJson.MAPPER.createObjectNode();
        NodeSettings settings = file.node();
        json.put("name", settings.name());
        json.put("address", file.member().hostPort());
        settings.roles().stream().sorted().forEach(json.putArray("roles")::add);
        Set<String> serving = context.ownership().serving();
        json.put("state", state.equals("up") && serving.contains(settings.name()) ? "serving" : state);
        json.put("pid", ProcessHandle.current().pid());
        json.put("build", BUILD);
        json.putObject("entities").put("call", 0).put("extension", 0).put("queue", 0);
        json.put("mediaSessions", 0);
        var addresses = json.putArray("serviceAddresses");
        for (ServiceAddress address : context.ownership().plan().ownedBy(settings.name(), serving)) {
            addresses.add(address.sentBy());
        }
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        json.put("heapMiB", heap.getUsed() / MIB);
        json.put("rssMiB", residentMiB());
        Instant takeover = lastTakeover.get();
        json.put("lastTakeover", takeover == null ? null : RecordJson.time(takeover));
        serving.forEach(json.putArray("serving")::add);
        var members = json.putArray("members");
        membership.members().all().forEach(peer -> members.add(peer.name()));
        json.put("leaseMs", membership.leaseMs());
        addParts(json);
        return json;
    }

    private void addParts(ObjectNode json) {
        ObjectNode parts = json.putObject("parts");
        running.forEach((name, part) -> {
            JsonNode figures = RecordJson.MAPPER.valueToTree(part.status());
            parts.set(name, figures);
            if (figures instanceof ObjectNode object) {
                merge(json, object);
            }
        });
    }

    /** Numbers add up, objects merge, anything else is kept unless the name is taken. */
    static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            JsonNode there = into.get(field.getKey());
            JsonNode more = field.getValue();
            if (there == null) {
                into.set(field.getKey(), more.deepCopy());
            } else if (there instanceof ObjectNode target && more instanceof ObjectNode source) {
                merge(target, source);
            } else if (there.isIntegralNumber() && more.isIntegralNumber()) {
                into.put(field.getKey(), there.asLong() + more.asLong());
            }
        });
    }

    private void noteTakeover(Set<String> serving) {
        String self = file.node().name();
        boolean foreign = context.ownership().plan().ownedBy(self, serving).stream()
                .anyMatch(address -> !address.home().equals(self));
        if (foreign) {
            lastTakeover.set(Instant.now());
        }
    }

    /** Second field of statm, in pages; 0 where there is none. */
    private static long residentMiB() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
            return Long.parseLong(pages[1]) * 4096 / MIB;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
