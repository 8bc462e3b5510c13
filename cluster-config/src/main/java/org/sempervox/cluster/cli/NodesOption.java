package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.launcher.WorkFolder;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Option;

/** Which nodes to ask: those of a work folder, or one by its admin URL. */
public final class NodesOption {
    @Option(
            names = "--dir",
            paramLabel = "W",
            description = "work folder (default: ${DEFAULT-VALUE})",
            defaultValue = "work")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--node", paramLabel = "URL", description = "ask only this node")
    private @Nullable String node;

    WorkFolder folder() {
        return new WorkFolder(dir);
    }

    boolean single() {
        return node != null;
    }

    /** The answers of the nodes that answer and have that page, by name. */
    Map<String, JsonNode> ask(String page) throws IOException {
        var answers = new LinkedHashMap<String, JsonNode>();
        for (var client : clients().entrySet()) {
            try {
                answers.put(client.getKey(), client.getValue().get(page));
            } catch (IOException e) {
                if (!(e instanceof FileNotFoundException)) {
                    System.err.println(client.getKey() + " does not answer: " + e.getMessage());
                }
            }
        }
        return answers;
    }

    /** All elements of the arrays that the nodes answer. */
    ArrayNode askAll(String page) throws IOException {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        for (JsonNode answer : ask(page).values()) {
            answer.forEach(all::add);
        }
        return all;
    }

    Map<String, AdminClient> clients() throws IOException {
        var clients = new TreeMap<String, AdminClient>();
        String url = node;
        if (url != null) {
            clients.put(url, new AdminClient(url.endsWith("/") ? url.substring(0, url.length() - 1) : url));
            return clients;
        }
        List<String> away = drained();
        for (var file : folder().adminFiles().entrySet()) {
            if (!away.contains(file.getKey())) {
                clients.put(file.getKey(), AdminClient.of(file.getValue()));
            }
        }
        return clients;
    }

    /** Nodes of the work folder that are kept away; none if one node is asked by its URL. */
    List<String> drained() throws IOException {
        return single() ? List.of() : folder().drainedNodes();
    }
}
