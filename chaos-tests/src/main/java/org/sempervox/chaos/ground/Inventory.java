package org.sempervox.chaos.ground;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.scenario.FaultKind;
import org.sempervox.cluster.settings.Section;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * A running cluster, as its operator describes it: where phones register and as whom, and the commands that break and heal.
 *
 * @param nodes by name, full nodes before the witness
 * @param commands of faults that strike no node of their own
 */
public record Inventory(
        String name,
        List<InetSocketAddress> addresses,
        String phoneHost,
        Accounts accounts,
        Map<String, Node> nodes,
        Map<String, String> commands) {
    private static final String HEAL = "-heal";

    /** {@code admin}: URL of its pages, or the file that names it; {@code commands} by the name of the fault, and with {@code -heal} behind it. */
    public record Node(String admin, Map<String, String> commands) {}

    /** Every refusal names the path, the value and what was expected. */
    public static Inventory read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new SettingsProblem("--inventory", file.toString(), "a readable file");
        }
        try {
            return read(new Section(
                    "", ConfigFactory.parseString(Files.readString(file)).resolve()));
        } catch (ConfigException e) {
            throw new SettingsProblem(file.toString(), String.valueOf(e.getMessage()), "HOCON");
        }
    }

    private static Inventory read(Section root) {
        root.only("name", "addresses", "phone-host", "domain", "accounts", "nodes", "faults");
        Section accounts = root.section("accounts").only("first", "count", "password");
        var nodes = new TreeMap<String, Node>();
        Section all = root.section("nodes");
        for (String name : all.config().root().keySet()) {
            Section node = all.section(name);
            var commands = new TreeMap<String, String>();
            for (String key : node.config().root().keySet()) {
                if (!key.equals("admin")) {
                    commands.put(fault(node, key), node.text(key));
                }
            }
            nodes.put(name, new Node(node.text("admin"), commands));
        }
        if (nodes.isEmpty()) {
            throw new SettingsProblem(all.path(), "nothing", "at least one node with its admin URL");
        }
        var commands = new TreeMap<String, String>();
        if (root.has("faults")) {
            Section faults = root.section("faults");
            faults.config().root().keySet().forEach(key -> commands.put(fault(faults, key), faults.text(key)));
        }
        return new Inventory(
                root.text("name"),
                addresses(root),
                root.text("phone-host"),
                new Accounts(
                        accounts.number("first", 1, 999_999_999),
                        accounts.number("count", 1, 100_000),
                        accounts.secret("password"),
                        root.text("domain")),
                nodes,
                commands);
    }

    private static String fault(Section section, String key) {
        String name = key.endsWith(HEAL) ? key.substring(0, key.length() - HEAL.length()) : key;
        if (FaultKind.of(name).isEmpty()) {
            throw new SettingsProblem(section.at(key), "a command", "the name of a fault, or that with " + HEAL);
        }
        return key;
    }

    private static List<InetSocketAddress> addresses(Section root) {
        var all = new ArrayList<InetSocketAddress>();
        for (String text : root.texts("addresses")) {
            if (!text.matches("[0-9.]+:[0-9]{1,5}")) {
                throw new SettingsProblem(root.at("addresses"), text, "ADDR:PORT with a numeric address");
            }
            String[] parts = text.split(":", -1);
            all.add(new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1])));
        }
        if (all.isEmpty()) {
            throw new SettingsProblem(root.at("addresses"), "an empty list", "at least one ADDR:PORT");
        }
        return all;
    }

    /** What breaks that node, or what breaks the whole where no node has one. */
    Optional<String> inject(FaultKind kind, List<String> targets) {
        return command(kind.text(), targets);
    }

    Optional<String> heal(FaultKind kind, List<String> targets) {
        return command(kind.text() + HEAL, targets);
    }

    private Optional<String> command(String key, List<String> targets) {
        for (String target : targets) {
            Node node = nodes.get(target);
            String own = node == null ? null : node.commands().get(key);
            if (own != null) {
                return Optional.of(own.replace("{node}", target));
            }
        }
        return Optional.ofNullable(commands.get(key));
    }

    /** Every command that heals, for whoever must heal without knowing what was broken. */
    List<String> allHeals() {
        var all = new ArrayList<String>();
        nodes.forEach((name, node) -> node.commands().forEach((key, command) -> {
            if (key.endsWith(HEAL)) {
                all.add(command.replace("{node}", name));
            }
        }));
        commands.forEach((key, command) -> {
            if (key.endsWith(HEAL)) {
                all.add(command);
            }
        });
        return all;
    }
}
