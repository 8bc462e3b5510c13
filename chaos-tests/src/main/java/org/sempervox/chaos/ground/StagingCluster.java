package org.sempervox.chaos.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterLoad.Share;
import org.sempervox.chaos.command.Command;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.Target;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.settings.SettingsProblem;

/** A running cluster that an inventory describes. Nothing is started; nothing is touched while calls are up that are not the tool's own. */
public final class StagingCluster implements Ground {
    private static final System.Logger LOG = System.getLogger(StagingCluster.class.getName());

    private final Inventory inventory;
    private final Programs programs;
    private final List<String> open = new ArrayList<>();
    private boolean closed;

    private StagingCluster(Inventory inventory, Programs programs) {
        this.inventory = inventory;
        this.programs = programs;
    }

    /** Refuses a cluster that is in use. */
    public static StagingCluster open(Inventory inventory, Path folder) throws IOException {
        refuseForeignCalls(inventory);
        return new StagingCluster(inventory, Programs.of(folder, UndoFile.of(folder, inventory.allHeals())));
    }

    private static void refuseForeignCalls(Inventory inventory) throws IOException {
        Map<String, JsonNode> answers = pages(inventory, "/calls");
        if (answers.isEmpty()) {
            throw new Refused("no node of " + inventory.name()
                    + " answers at its admin URL: whether others telephone there cannot be known");
        }
        for (var calls : answers.entrySet()) {
            for (JsonNode call : calls.getValue()) {
                String from = call.path("from").asText();
                String to = call.path("to").asText();
                boolean over = call.path("state").asText().equals("ended");
                if (!over
                        && !(inventory.accounts().has(from)
                                && inventory.accounts().has(to))) {
                    throw new Refused("a call from %s to %s is up on %s, which is not the tool's own"
                            .formatted(from, to, calls.getKey()));
                }
            }
        }
    }

    private Map<String, JsonNode> pages(String page) {
        return pages(inventory, page);
    }

    private static Map<String, JsonNode> pages(Inventory inventory, String page) {
        var answers = new TreeMap<String, JsonNode>();
        inventory.nodes().forEach((name, node) -> {
            try {
                answers.put(name, client(node.admin()).get(page));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "{0} does not answer {1}: {2}", name, page, e.getMessage());
            }
        });
        return answers;
    }

    private static AdminClient client(String admin) throws IOException {
        return admin.startsWith("http") ? new AdminClient(admin) : AdminClient.of(Path.of(admin));
    }

    @Override
    public String name() {
        return inventory.name();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return inventory.addresses();
    }

    @Override
    public String phoneHost() {
        return inventory.phoneHost();
    }

    @Override
    public Accounts accounts() {
        return inventory.accounts();
    }

    @Override
    public boolean own() {
        return false;
    }

    @Override
    public List<String> nodes() {
        return List.copyOf(inventory.nodes().keySet());
    }

    @Override
    public boolean captures() {
        return false;
    }

    @Override
    public Target.View view() throws IOException {
        Map<String, JsonNode> statuses = pages("/status");
        List<String> full = new ArrayList<>();
        Optional<String> witness = Optional.empty();
        String owner = "";
        String first = inventory.addresses().getFirst().getHostString() + ":"
                + inventory.addresses().getFirst().getPort();
        for (var status : statuses.entrySet()) {
            String state = status.getValue().path("state").asText();
            if (state.equals("serving")) {
                full.add(status.getKey());
            } else if (state.equals("up")) {
                witness = Optional.of(status.getKey());
            }
            for (JsonNode address : status.getValue().path("serviceAddresses")) {
                owner = address.asText().equals(first) ? status.getKey() : owner;
            }
        }
        if (full.isEmpty()) {
            throw new IOException("no full node of " + inventory.name() + " serves");
        }
        var calls = new ArrayList<JsonNode>();
        pages("/calls").values().forEach(page -> page.forEach(calls::add));
        ClusterLoad load = ClusterLoad.of(calls);
        String busiest = load.most(full, Share::any).orElse(full.getFirst());
        return new Target.View(
                full,
                witness,
                full.getFirst(),
                busiest,
                load.most(full, Share::entities).orElse(busiest),
                owner.isEmpty() ? busiest : owner);
    }

    @Override
    public Injection strike(Blow blow, List<String> targets) throws IOException {
        refuseForeignCalls(inventory);
        String inject = inventory
                .inject(blow.kind(), targets)
                .orElseThrow(() -> new SettingsProblem(
                        "--inventory",
                        "no command for " + blow.kind().text() + " of " + targets,
                        "nodes.NODE." + blow.kind().text() + " or faults."
                                + blow.kind().text()));
        Optional<String> heal = inventory.heal(blow.kind(), targets);
        if (!blow.lasts().isZero() && heal.isEmpty()) {
            throw new SettingsProblem(
                    "--inventory",
                    blow.kind().text() + " without a command that heals it",
                    blow.kind().text() + "-heal beside it");
        }
        heal.ifPresent(open::add);
        Command.shell(inject);
        return Injection.until(inject, () -> {
            if (heal.isPresent()) {
                Command.shell(heal.get());
                open.remove(heal.get());
            }
            return Optional.empty();
        });
    }

    @Override
    public boolean allServe() {
        return pages("/status").size() == inventory.nodes().size();
    }

    @Override
    public Map<String, Long> processes() {
        var pids = new TreeMap<String, Long>();
        pages("/status")
                .forEach((node, status) -> pids.put(node, status.path("pid").asLong()));
        return pids;
    }

    @Override
    public List<JsonNode> records(Instant since) throws IOException {
        String page = "/cdr?since=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8);
        for (JsonNode answer : pages(page).values()) {
            var own = new ArrayList<JsonNode>();
            answer.forEach(record -> {
                if (inventory.accounts().has(record.path("caller").asText())) {
                    own.add(record);
                }
            });
            return own;
        }
        throw new IOException("no node of " + inventory.name() + " answers with its call records");
    }

    @Override
    public List<Rows> journal() {
        return List.of();
    }

    @Override
    public long sockets() {
        return -1;
    }

    @Override
    public Spoken spoken() {
        return Spoken.NOTHING;
    }

    @Override
    public void adopt(ProcessHandle program) throws IOException {
        programs.add(program);
    }

    /** Heals what is open; the cluster itself stays. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        programs.end();
        for (String heal : List.copyOf(open)) {
            try {
                Command.shell(heal);
            } catch (IOException e) {
                System.err.println("chaos: not healed: " + e.getMessage());
            }
        }
        try {
            programs.undone();
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage());
        }
    }
}
