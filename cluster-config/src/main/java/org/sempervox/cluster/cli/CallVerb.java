package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code call ID}: whatever node has the call answers {@code /call?id=…}. */
@Command(
        name = "call",
        description = "One call with its events, its SIP messages and who sent them.",
        mixinStandardHelpOptions = true)
public final class CallVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Parameters(paramLabel = "ID")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    public Integer call() throws IOException {
        String page = "/call?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        ObjectNode whole = RecordJson.MAPPER.createObjectNode();
        var messages = new ArrayList<JsonNode>();
        for (JsonNode answer : nodes.ask(page).values()) {
            answer.path("messages").forEach(messages::add);
            if (answer instanceof ObjectNode part && !part.isEmpty() && !whole.has("call")) {
                whole.setAll(part);
            }
        }
        if (!whole.isEmpty()) {
            messages.sort(Comparator.comparing(message -> message.path("at").asText()));
            whole.remove("askedNode");
            whole.putArray("messages").addAll(messages);
            report.print(whole, out -> print(out, whole));
            return Exit.DONE;
        }
        System.err.println("no node has the call " + id);
        return Exit.BAD_VERDICT;
    }

    private static void print(PrintStream out, JsonNode call) {
        out.println("call " + call.path("id").asText() + " "
                + call.path("call").path("state").asText("(not live)"));
        out.println("events:");
        for (JsonNode event : call.path("events")) {
            out.printf(
                    "  %s %s %s%n",
                    event.path("at").asText(),
                    event.path("@e").asText(),
                    event.path("node").asText());
        }
        out.println("messages:");
        for (JsonNode message : call.path("messages")) {
            String first = message.path("text").asText().lines().findFirst().orElse("");
            out.printf(
                    "  %s %-4s %-8s %-21s %-21s %s%n",
                    message.path("at").asText(),
                    message.path("node").asText(),
                    message.path("way").asText(),
                    message.path("service").asText(),
                    message.path("remote").asText(),
                    first);
        }
    }
}
