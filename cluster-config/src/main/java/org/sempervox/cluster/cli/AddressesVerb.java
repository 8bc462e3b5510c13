package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code addresses}: the service addresses and who says that he serves them. */
@Command(
        name = "addresses",
        description = "The service addresses and who serves them.",
        mixinStandardHelpOptions = true)
public final class AddressesVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(nodes.folder().addresses())) {
            throw new SettingsProblem(nodes.folder().addresses().toString(), "no file", "a work folder of up");
        }
        JsonNode json = RecordJson.MAPPER.readTree(nodes.folder().addresses().toFile());
        var owners = new TreeMap<String, String>();
        for (JsonNode node : nodes.ask("/status").values()) {
            node.path("serviceAddresses")
                    .forEach(a ->
                            owners.putIfAbsent(a.asText(), node.path("name").asText()));
        }
        for (JsonNode address : json.path("addresses")) {
            String at =
                    address.path("host").asText() + ":" + address.path("port").asText();
            ((ObjectNode) address).put("owner", owners.get(at));
        }
        report.print(
                json,
                out -> json.path("addresses")
                        .forEach(a -> out.printf(
                                "%s %s:%s home %s, served by %s%n",
                                a.path("index").asText(),
                                a.path("host").asText(),
                                a.path("port").asText(),
                                a.path("home").asText(),
                                a.path("owner").asText("nobody"))));
        return Exit.DONE;
    }
}
