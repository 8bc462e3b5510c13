package org.sempervox.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sempervox.cluster.node.NodeSettings;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;

/**
 * A node file: {@code sempervox { realm, work-folder, key-file, pbx-file, seeds, addresses, store, … }} and in it one of two: an object
 * for this node with its name, roles, host and port, or an object with one such object per name, so that one file serves a whole
 * cluster and a name chooses. Relative paths start at the file's folder.
 */
public record NodeFile(NodeSettings node, MemberSettings member, StoreSettings store) {
    public static final Set<String> ROLES = Set.of("core", "sip", "media", "console", "witness");

    /** Reads, checks and resolves everything; nothing is started or written. */
    public static NodeFile read(Path file, Optional<String> name) {
        Config parsed = parse(file);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        Section root = new Section("", parsed)
                .section("sempervox")
                .only(
                        "realm",
                        "work-folder",
                        "key-file",
                        "credentials-key-file",
                        "pbx-file",
                        "seeds",
                        "addresses",
                        "store",
                        "node",
                        "nodes",
                        "sip",
                        "media");
        Section own = ownSection(root, name);
        String nodeName = nodeName(own, name);
        Set<String> roles = roles(own);
        var member = new MemberSettings(
                own.text("host"),
                own.number("port", 1, 65535 - MemberSettings.LIVENESS_OFFSET),
                seeds(root),
                folder.resolve(root.text("work-folder")).normalize(),
                folder.resolve(root.text("key-file")),
                root.optionalText("credentials-key-file").map(folder::resolve),
                adminHost(own),
                own.number("admin-port", 0, 65535, 0));
        AddressPlan plan = addresses(root);
        Optional<String> device = NodeDevice.read(root, own, plan);
        StoreSettings store = StoreFile.read(root.section("store"), folder);
        Config pbx = PbxFile.read(folder.resolve(root.text("pbx-file")));
        String realm = root.text("realm");
        Config whole = whole(parsed, nodeName, roles, member);
        return new NodeFile(new NodeSettings(nodeName, roles, plan, device, realm, pbx, whole), member, store);
    }

    /** Names of the nodes that a file describes. */
    public static List<String> names(Path file) {
        Section root = new Section("", parse(file)).section("sempervox");
        if (root.has("nodes")) {
            return List.copyOf(
                    new TreeSet<>(root.section("nodes").config().root().keySet()));
        }
        return List.of(root.section("node").text("name"));
    }

    static Config parse(Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsProblem(file.toString(), "no readable file", "a configuration file");
        }
        try {
            return ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
        } catch (ConfigException e) {
            throw new SettingsProblem(file.toString(), String.valueOf(e.getMessage()), "HOCON");
        }
    }

    private static Section ownSection(Section root, Optional<String> name) {
        if (!root.has("nodes")) {
            return root.section("node").only("name", "roles", "host", "port", "device", "admin-host", "admin-port");
        }
        Section nodes = root.section("nodes");
        String wanted = name.orElseThrow(
                () -> new SettingsProblem(nodes.path(), "several nodes", "the name of one of them (--name)"));
        if (!nodes.has(wanted)) {
            throw new SettingsProblem(
                    nodes.at(wanted),
                    "nothing",
                    "one of "
                            + String.join(
                                    ", ", new TreeSet<>(nodes.config().root().keySet())));
        }
        return nodes.section(wanted).only("roles", "host", "port", "device", "admin-host", "admin-port");
    }

    private static String nodeName(Section own, Optional<String> name) {
        String chosen = own.has("name") ? own.text("name") : name.orElseThrow();
        if (!chosen.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new SettingsProblem(own.at("name"), chosen, "a lower-case letter, then letters, digits or -");
        }
        return chosen;
    }

    private static Set<String> roles(Section own) {
        var roles = new TreeSet<>(own.texts("roles"));
        for (String role : roles) {
            if (!ROLES.contains(role)) {
                throw new SettingsProblem(own.at("roles"), role, "roles of " + String.join(", ", new TreeSet<>(ROLES)));
            }
        }
        if (roles.isEmpty() || (roles.contains("witness") && roles.size() > 1)) {
            throw new SettingsProblem(
                    own.at("roles"), roles.toString(), "at least one role; a witness has no other one");
        }
        return Set.copyOf(roles);
    }

    /** Loopback unless asked otherwise: the pages tell whom everybody calls. */
    private static String adminHost(Section own) {
        String host = own.optionalText("admin-host").orElse("127.0.0.1");
        if (!NumericAddress.isIpv4(host)) {
            throw new SettingsProblem(own.at("admin-host"), host, "a numeric IPv4 address");
        }
        return host;
    }

    private static List<String> seeds(Section root) {
        List<String> seeds = root.texts("seeds");
        for (String seed : seeds) {
            if (!seed.matches("\\[?[^\\s/@]+]?:[0-9]{1,5}")) {
                throw new SettingsProblem(root.at("seeds"), seed, "host:port");
            }
        }
        if (seeds.isEmpty()) {
            throw new SettingsProblem(root.at("seeds"), "an empty list", "at least one host:port");
        }
        return seeds;
    }

    private static AddressPlan addresses(Section root) {
        var addresses = new ArrayList<ServiceAddress>();
        var seen = new TreeSet<String>();
        for (Section item : root.sections("addresses")) {
            item.only("host", "port", "media-ports", "home");
            List<String> ports = item.texts("media-ports");
            if (ports.size() != 2 || !ports.stream().allMatch(p -> p.matches("[0-9]{1,5}"))) {
                throw new SettingsProblem(item.at("media-ports"), ports.toString(), "[first, last]");
            }
            try {
                var address = new ServiceAddress(
                        addresses.size(),
                        item.text("host"),
                        item.number("port", 1, 65535),
                        Integer.parseInt(ports.get(0)),
                        Integer.parseInt(ports.get(1)),
                        item.text("home"));
                if (address.lastMediaPort() > 65535) {
                    throw new SettingsProblem(item.at("media-ports"), ports.toString(), "ports up to 65535");
                }
                if (!seen.add(address.sentBy())) {
                    throw new SettingsProblem(item.path(), address.sentBy() + " twice", "different addresses");
                }
                addresses.add(address);
            } catch (IllegalArgumentException e) {
                throw new SettingsProblem(item.path(), String.valueOf(e.getMessage()), "a service address");
            }
        }
        return new AddressPlan(addresses);
    }

    private static Config whole(Config parsed, String name, Set<String> roles, MemberSettings member) {
        var memberRoles = new ArrayList<>(roles);
        memberRoles.add(NodeSettings.NAME_ROLE + name);
        Map<String, Object> own = new TreeMap<>();
        own.put("pekko.cluster.roles", memberRoles);
        own.put("pekko.remote.artery.canonical.hostname", member.host());
        own.put("pekko.remote.artery.canonical.port", member.port());
        try {
            return ConfigFactory.defaultOverrides()
                    .withFallback(parsed)
                    .withFallback(ConfigFactory.parseMap(own, "derived from the node file"))
                    .withFallback(ConfigFactory.parseResources("sempervox.conf"))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (ConfigException e) {
            throw new SettingsProblem("node file", String.valueOf(e.getMessage()), "values that resolve");
        }
    }
}
