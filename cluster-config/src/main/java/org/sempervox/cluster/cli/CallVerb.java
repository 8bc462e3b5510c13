package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.sempervox.cluster.admin.AdminClient;
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
        for (AdminClient client : nodes.clients().values()) {
            try {
                JsonNode call = client.get(page);
                if (call.isObject() && !call.isEmpty()) {
                    String text =
                            RecordJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(call);
                    report.print(call, out -> out.println(text));
                    return Exit.DONE;
                }
            } catch (IOException e) {
                System.err.println(client.url() + ": " + e.getMessage());
            }
        }
        System.err.println("no node has the call " + id);
        return Exit.BAD_VERDICT;
    }
}
