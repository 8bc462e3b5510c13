package org.sempervox.cluster.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the nodes of a launcher run when each has a host of its own: another network namespace, a container, a machine that a command
 * reaches. All hosts see the work folder and the processes of the launcher's.
 *
 * @param storeAddress of the launcher's host, where an embedded store listens
 * @param adminOnHost whether admin pages listen on the node's address instead of the loopback one, which the launcher may not share
 * @param nodes by name; a node that is not named runs on the loopback address of this host
 */
public record HostsFile(String storeAddress, boolean adminOnHost, Map<String, NodeHost> nodes) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Everything on this host. */
    public static final HostsFile HERE = new HostsFile(LOOPBACK, false, Map.of());

    /**
     * The host of one node.
     *
     * @param address numeric; for the other nodes and, if so chosen, the admin pages
     * @param device that service addresses are put on; empty if they need none, as on loopback
     * @param command what comes before the node's own command line; its process must become the node (exec), not start it
     */
    public record NodeHost(String address, Optional<String> device, List<String> command) {
        private static final NodeHost HERE = new NodeHost(LOOPBACK, Optional.empty(), List.of());

        public NodeHost {
            command = List.copyOf(command);
        }
    }

    public HostsFile {
        nodes = Map.copyOf(nodes);
    }

    /** Reads and checks a file that has to name these nodes and no other. */
    public static HostsFile read(Path file, Set<String> names) {
        Section root = new Section("", NodeFile.parse(file)).only("store", "admin", "nodes");
        String store = root.has("store") ? address(root.section("store").only("address"), "address") : LOOPBACK;
        String admin = root.optionalText("admin").orElse("loopback");
        if (!Set.of("host", "loopback").contains(admin)) {
            throw new SettingsProblem("admin", admin, "host or loopback");
        }
        Section nodes = root.section("nodes").only(names.toArray(String[]::new));
        var hosts = new LinkedHashMap<String, NodeHost>();
        for (String name : names) {
            hosts.put(name, host(nodes.section(name).only("address", "device", "command")));
        }
        return new HostsFile(store, admin.equals("host"), hosts);
    }

    public NodeHost of(String node) {
        return nodes.getOrDefault(node, NodeHost.HERE);
    }

    private static NodeHost host(Section node) {
        Optional<String> device = node.optionalText("device");
        if (device.isPresent() && !device.get().matches("[^\\s/]{1,15}")) {
            throw new SettingsProblem(node.at("device"), device.get(), "the name of a network device");
        }
        List<String> command = node.has("command") ? node.texts("command") : List.of();
        return new NodeHost(address(node, "address"), device, command);
    }

    private static String address(Section section, String key) {
        String text = section.text(key);
        if (!NumericAddress.isIpv4(text)) {
            throw new SettingsProblem(section.at(key), text, "a numeric IPv4 address");
        }
        return text;
    }
}
