package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Command;

/** {@code registrations}: every node has a copy of them, so what two nodes say alike is shown once. */
@Command(name = "registrations", description = "The phones that are registered.", mixinStandardHelpOptions = true)
public final class RegistrationsVerb extends ListVerb {
    @Override
    ArrayNode read(NodesOption from) throws IOException {
        var unique = new LinkedHashMap<String, JsonNode>();
        from.askAll("/registrations")
                .forEach(r -> unique.putIfAbsent(r.path("extension").asText() + " " + r.path("contact"), r));
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        all.addAll(unique.values());
        return all;
    }

    @Override
    String line(JsonNode registration) {
        return registration.toString();
    }
}
