package org.sempervox.cluster.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.journal.Contents;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.call.LiveCalls;
import org.sempervox.core.sip.SipTrace;

/** One call with its events and this node's SIP messages, as {@code call ID} shows it. */
final class CallPage {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NodeContext context;
    private final LiveCalls live;
    private final CallPages pages;

    CallPage(NodeContext context, LiveCalls live) {
        this.context = context;
        this.live = live;
        this.pages = new CallPages(context, live);
    }

    void addTo(AdminPages admin) {
        admin.addQuery("/call", this::call);
    }

    private JsonNode call(Map<String, String> query) {
        String id = query.getOrDefault("id", "");
        ObjectNode json = RecordJson.MAPPER.createObjectNode();
        json.put("id", id);
        json.put("askedNode", context.settings().name());
        Optional<LiveCalls.Entry> entry = live.entry(id);
        ObjectNode state = entry.isPresent() ? pages.json(id, entry.get()) : null;
        if (state != null) {
            json.set("call", state);
        }
        json.set("events", events(id));
        json.set("messages", messages(id));
        boolean known = state != null
                || !json.path("events").isEmpty()
                || !json.path("messages").isEmpty();
        return known ? json : RecordJson.MAPPER.createObjectNode();
    }

    private ArrayNode events(String id) {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        var contents = new Contents(context.system());
        try {
            context.parts()
                    .need(Store.class)
                    .read(History.CALLS, Store.CALL + id, 1)
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach(event ->
                            all.add(RecordJson.MAPPER.<JsonNode>valueToTree(contents.object(event.content()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the journal does not answer", e);
        }
        return all;
    }

    private ArrayNode messages(String id) {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        for (SipTrace.Entry message : context.parts().need(SipTrace.class).of(id)) {
            all.addObject()
                    .put("at", RecordJson.time(message.at()))
                    .put("node", context.settings().name())
                    .put("way", message.sent() ? "sent" : "received")
                    .put(
                            "service",
                            context.ownership()
                                    .plan()
                                    .get(message.flow().service())
                                    .sentBy())
                    .put("remote", message.flow().host() + ":" + message.flow().port())
                    .put("text", message.text());
        }
        return all;
    }
}
