package org.sempervox.cluster.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.sempervox.cluster.admin.AdminClient;

/** How the nodes of a work folder are, asked anew each time. */
interface NodesSeen {
    Seen of(String node) throws IOException;

    /**
     * One node.
     *
     * @param state {@code down}, {@code drained}, {@code starting}, or what it says of itself
     * @param build first entry of the class path it runs with; empty while it does not answer
     */
    record Seen(Optional<ProcessHandle> process, String state, String build) {}

    static NodesSeen in(WorkFolder work) {
        return node -> {
            ProcessHandle process = work.liveNodes().get(node);
            if (process == null) {
                return new Seen(Optional.empty(), work.drained(node) ? "drained" : "down", "");
            }
            try {
                JsonNode status = AdminClient.of(work.admin(node)).get("/status");
                if (status.path("pid").asLong() == process.pid()) {
                    return new Seen(
                            Optional.of(process),
                            status.path("state").asText(),
                            status.path("build").asText());
                }
            } catch (IOException notYet) {
                // Or not any more.
            }
            return new Seen(Optional.of(process), "starting", "");
        };
    }
}
