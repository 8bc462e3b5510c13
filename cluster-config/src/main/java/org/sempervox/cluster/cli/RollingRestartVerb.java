package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code rolling-restart}: each node in turn gives its work away, leaves and is started again by the launcher; the next one waits until it
 * serves. A node that does not come back ends it there: the others go on as they are.
 */
@Command(
        name = "rolling-restart",
        description =
                "Restarts the nodes of a work folder one by one without a lost call, on request with another program.",
        mixinStandardHelpOptions = true)
public final class RollingRestartVerb implements Verb {
    private static final Duration BACK = Duration.ofMinutes(2);
    private static final long LOOK_MS = 200;

    /** Where a distribution keeps the list of its jars. */
    private static final String CLASS_PATH = "target/dist/current/classpath";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "a distribution (see checks/build-distribution) that nodes run from now on, until the next up")
    private @Nullable Path to;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (nodes.single()) {
            throw new SettingsProblem(
                    "--node", "one node", "--dir W: a rolling restart is of all nodes of a work folder");
        }
        List<JsonNode> all = new ArrayList<>(nodes.ask("/status").values());
        if (all.isEmpty()) {
            System.err.println("no node of " + nodes.folder().path() + " answers");
            return Exit.BAD_VERDICT;
        }
        String jars = to == null ? null : jars(to);
        List<String> down = all.stream()
                .filter(node -> !serves(node))
                .map(node -> node.path("name").asText())
                .toList();
        if (!down.isEmpty() || nodes.folder().launcher().isEmpty()) {
            System.err.println(
                    down.isEmpty() ? "no launcher that would start them again" : "not all nodes are up: " + down);
            return Exit.REFUSED;
        }
        if (jars != null) {
            Secrets.write(nodes.folder().program(), jars);
        }
        // The witness last: its absence and that of a full node together would be no majority.
        all.sort(Comparator.comparing((JsonNode node) -> witness(node))
                .thenComparing(node -> node.path("name").asText()));
        for (JsonNode node : all) {
            if (!restarted(node)) {
                return Exit.BAD_VERDICT;
            }
        }
        System.out.println("all nodes restarted");
        return Exit.DONE;
    }

    private static String jars(Path distribution) {
        Path list = distribution.resolve(CLASS_PATH);
        try {
            return Files.readString(list).strip();
        } catch (IOException e) {
            throw new SettingsProblem("--to", distribution.toString(), "a folder with " + CLASS_PATH);
        }
    }

    private boolean restarted(JsonNode node) throws IOException, InterruptedException {
        String name = node.path("name").asText();
        long pid = node.path("pid").asLong();
        long start = System.nanoTime();
        System.out.printf("%s (pid %d) gives its work away%n", name, pid);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        while (System.nanoTime() - start < BACK.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            JsonNode back = status(name);
            if (back.path("pid").asLong() != pid && serves(back)) {
                System.out.printf(
                        "%s serves again, pid %d, after %.1f s%n",
                        name, back.path("pid").asLong(), (System.nanoTime() - start) / 1e9);
                return true;
            }
        }
        System.err.printf(
                "%s did not come back within %d s; see %s; the other nodes were left as they are%n",
                name, BACK.toSeconds(), nodes.folder().log(name));
        return false;
    }

    /** Nothing of a node that is away: what we wait for. */
    private JsonNode status(String name) {
        try {
            return AdminClient.of(nodes.folder().admin(name)).get("/status");
        } catch (IOException away) {
            return MissingNode.getInstance();
        }
    }

    private static boolean serves(JsonNode node) {
        String state = node.path("state").asText();
        return state.equals("serving") || witness(node) && state.equals("up");
    }

    private static boolean witness(JsonNode node) {
        for (JsonNode role : node.path("roles")) {
            if (role.asText().equals("witness")) {
                return true;
            }
        }
        return false;
    }
}
