package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code calls}. */
@Command(name = "calls", description = "The calls that are.", mixinStandardHelpOptions = true)
public final class CallsVerb extends ListVerb {
    @Override
    ArrayNode read(NodesOption from) throws IOException {
        return from.askAll("/calls");
    }

    @Override
    String line(JsonNode call) {
        return String.format(
                "%-22s %-10s %-8s -> %-8s since %s on %s, media %s",
                call.path("id").asText(),
                call.path("state").asText(),
                call.path("from").asText(),
                call.path("to").asText(),
                call.path("since").asText(),
                call.path("node").asText(),
                call.path("mediaNode").asText());
    }
}
