package org.sempervox.cluster.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.call.CallMachine;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.Leg;
import org.sempervox.core.call.LiveCalls;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.Sdp;

/** The calls of this node as {@code calls} shows them. */
final class CallPages {
    private static final ObjectMapper JSON = RecordJson.MAPPER;

    private final NodeContext context;
    private final LiveCalls live;

    CallPages(NodeContext context, LiveCalls live) {
        this.context = context;
        this.live = live;
    }

    void addTo(AdminPages pages) {
        pages.add("/calls", this::calls);
    }

    private JsonNode calls() {
        ArrayNode all = JSON.createArrayNode();
        live.all().forEach(call -> {
            ObjectNode node = json(call.getKey(), call.getValue());
            if (node != null) {
                all.add(node);
            }
        });
        return all;
    }

    /** As {@code calls} shows one; null while it is being prepared. */
    @Nullable
    ObjectNode json(String id, LiveCalls.Entry entry) {
        return switch (entry.state()) {
            case CallState.Idle _ -> null;
            case CallState.Setup s -> {
                ObjectNode node = base(id, entry, s.origin(), s.caller());
                leg(node, s.caller(), "early", "");
                s.legs().values().forEach(leg -> leg(node, leg.dialog(), stage(leg), ""));
                yield node;
            }
            case CallState.Talking t -> {
                ObjectNode node = base(id, entry, t.origin(), t.caller());
                node.put("answeredAt", RecordJson.time(t.answeredAt()));
                leg(node, t.caller(), "confirmed", t.callerSdp());
                t.legs()
                        .values()
                        .forEach(leg -> leg(
                                node, leg.dialog(), stage(leg), leg.number() == t.answeredBy() ? t.calleeSdp() : ""));
                yield node;
            }
            case CallState.Ended e -> {
                ObjectNode node = base(id, entry, e.origin(), e.caller());
                node.put("endedAt", RecordJson.time(e.endedAt()));
                yield node;
            }
        };
    }

    private ObjectNode base(String id, LiveCalls.Entry entry, CallState.Origin origin, Dialog caller) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id);
        node.put("state", CallMachine.phase(entry.state()));
        node.put("from", origin.caller());
        node.put("to", origin.dialled());
        node.put("since", RecordJson.time(origin.placedAt()));
        node.putNull("answeredAt");
        node.put("node", context.settings().name());
        node.put("edge", context.ownership().owner(caller.flow().service()).orElse(""));
        MediaLease lease = origin.lease();
        node.put(
                "mediaNode",
                lease == null ? "" : context.ownership().owner(lease.service()).orElse(""));
        node.putArray("legs");
        ArrayNode owed = node.putArray("owed");
        entry.owed().forEach(owed::add);
        return node;
    }

    private static void leg(ObjectNode call, Dialog dialog, String state, String sdp) {
        ObjectNode leg = call.withArray("legs").addObject();
        leg.put("tag", dialog.localTag());
        leg.put("state", state);
        leg.put("remote", dialog.flow().host() + ":" + dialog.flow().port());
        leg.put("hold", Sdp.parse(sdp).map(Sdp::holds).orElse(false));
    }

    private static String stage(Leg leg) {
        return leg.stage().name().toLowerCase(java.util.Locale.ROOT);
    }
}
