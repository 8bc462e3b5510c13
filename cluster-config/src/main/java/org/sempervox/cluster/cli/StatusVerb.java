package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}. */
@Command(name = "status", description = "The nodes and what is on them.", mixinStandardHelpOptions = true)
public final class StatusVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException {
        var answers = new TreeMap<>(nodes.ask("/status"));
        for (String drained : nodes.drained()) {
            answers.put(
                    drained,
                    RecordJson.MAPPER.createObjectNode().put("name", drained).put("state", "drained"));
        }
        ObjectNode json = RecordJson.MAPPER.createObjectNode();
        json.putArray("nodes").addAll(answers.values());
        json.put("version", Sempervox.VERSION);
        report.print(json, out -> print(out, answers));
        return answers.isEmpty() ? Exit.BAD_VERDICT : Exit.DONE;
    }

    private static void print(PrintStream out, Map<String, JsonNode> answers) {
        if (answers.isEmpty()) {
            out.println("no node answers");
        }
        for (JsonNode node : answers.values()) {
            if (!node.has("pid")) {
                out.printf(
                        "%-6s %s%n",
                        node.path("name").asText(), node.path("state").asText());
                continue;
            }
            out.printf(
                    "%-6s %-9s pid %-8s %-22s calls %-6s media %-6s heap %s MiB, resident %s MiB, addresses %s%n",
                    node.path("name").asText(),
                    node.path("state").asText(),
                    node.path("pid").asText(),
                    node.path("address").asText(),
                    node.path("entities").path("call").asText(),
                    node.path("mediaSessions").asText(),
                    node.path("heapMiB").asText(),
                    node.path("rssMiB").asText(),
                    node.path("serviceAddresses"));
        }
    }
}
