package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sempervox.cluster.launcher.Leftovers;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code audit}: what is left behind. While nodes run: what they report (entities of calls, owed effects, timers, media sessions, media
 * ports in use). With none running: processes and files.
 */
@Command(
        name = "audit",
        description = "What is left behind; exit 1 unless all is zero.",
        mixinStandardHelpOptions = true)
public final class AuditVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException {
        ObjectNode sums = RecordJson.MAPPER.createObjectNode();
        Map<String, Long> live = Leftovers.liveProcesses(nodes.folder());
        boolean running = nodes.single() || live.containsKey("launcher");
        Left left = Left.of(running || !live.isEmpty() ? nodes.ask("/status").values() : List.of());
        sums.put("entities", left.entities());
        sums.put("owed", left.owed());
        sums.put("timers", left.timers());
        sums.put("mediaSessions", left.mediaSessions());
        sums.put("ports", left.ports());
        // a cluster with its launcher is meant to run; nodes without one, or anything after down, are left over
        sums.put("processes", running ? 0 : live.size());
        var files = Leftovers.unknownFiles(nodes.folder());
        sums.put("files", files.size());
        long total = 0;
        for (JsonNode value : sums) {
            total += value.asLong();
        }
        boolean clean = total == 0;
        sums.put("clean", clean);
        sums.put("running", live.size());
        files.forEach(sums.putArray("unknownFiles")::add);
        report.print(
                sums, out -> sums.properties().forEach(field -> out.println(field.getKey() + " " + field.getValue())));
        return clean ? Exit.DONE : Exit.BAD_VERDICT;
    }
}
