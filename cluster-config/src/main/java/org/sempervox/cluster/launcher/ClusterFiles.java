package org.sempervox.cluster.launcher;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sempervox.cluster.settings.HostsFile;
import org.sempervox.cluster.settings.PbxFile;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.address.ServiceAddress;

/** Writes the files of a work folder that nodes and outsiders read. */
final class ClusterFiles {
    static final String REALM = "sempervox.local";
    private static final int FIRST_EXTENSION = 1000;
    private static final int LAST_EXTENSION = 1099;

    private ClusterFiles() {}

    /** Made at the first start. */
    static void keys(WorkFolder work) throws IOException {
        for (Path key : List.of(work.key(), work.credentialsKey())) {
            if (!Files.exists(key)) {
                Secrets.write(key, Secrets.hexKey(32) + "\n");
            }
        }
    }

    /** The PBX file to use, checked: the given one, else the folder's, made if there is none. */
    static Path pbx(WorkFolder work, Optional<Path> given) throws IOException {
        Path file = given.map(Path::toAbsolutePath).orElse(work.pbx());
        if (given.isEmpty() && !Files.exists(file)) {
            var text = new StringBuilder("tenants.default.extensions = [\n");
            for (int number = FIRST_EXTENSION; number <= LAST_EXTENSION; number++) {
                text.append("  { number = \"")
                        .append(number)
                        .append("\", password = \"")
                        .append(Secrets.text(16))
                        .append("\" }\n");
            }
            Secrets.write(file, text.append("]\n").toString());
        }
        PbxFile.read(file);
        return file;
    }

    /** cluster.conf: all nodes in one file. */
    static void config(
            WorkFolder work,
            Topology topology,
            HostsFile hosts,
            int firstPort,
            List<ServiceAddress> addresses,
            Map<String, Object> store,
            Path pbx)
            throws IOException {
        var nodes = new LinkedHashMap<String, Object>();
        var seeds = new ArrayList<String>();
        for (int i = 0; i < topology.members().size(); i++) {
            Topology.Member member = topology.members().get(i);
            HostsFile.NodeHost host = hosts.of(member.name());
            nodes.put(member.name(), node(member, host, firstPort + i, hosts.adminOnHost()));
            String seed = host.address() + ":" + (firstPort + i);
            if (member.spare()) {
                continue;
            }
            if (member.equals(topology.first())) {
                seeds.addFirst(seed);
            } else {
                seeds.add(seed);
            }
        }
        var plan = new ArrayList<Map<String, Object>>();
        for (ServiceAddress address : addresses) {
            plan.add(Map.of(
                    "host", address.host(),
                    "port", address.sipPort(),
                    "media-ports", List.of(address.firstMediaPort(), address.lastMediaPort()),
                    "home", address.home()));
        }
        var root = new LinkedHashMap<String, Object>();
        root.put("realm", REALM);
        root.put("work-folder", work.path().toString());
        root.put("key-file", work.key().toString());
        root.put("credentials-key-file", work.credentialsKey().toString());
        root.put("pbx-file", pbx.toString());
        root.put("seeds", seeds);
        root.put("addresses", plan);
        root.put("store", store);
        root.put("nodes", nodes);
        String text = ConfigFactory.parseMap(Map.of("sempervox", root))
                .root()
                .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
        Files.writeString(work.config(), text);
    }

    /** Only what differs from the default: a node of an older build refuses keys that it does not know. */
    private static Map<String, Object> node(
            Topology.Member member, HostsFile.NodeHost host, int port, boolean adminOnHost) {
        var node = new LinkedHashMap<String, Object>();
        node.put("roles", member.roles());
        node.put("host", host.address());
        node.put("port", port);
        host.device().ifPresent(device -> node.put("device", device));
        if (adminOnHost) {
            node.put("admin-host", host.address());
        }
        return node;
    }

    static void addresses(WorkFolder work, List<ServiceAddress> addresses) throws IOException {
        var list = new ArrayList<Map<String, Object>>();
        for (ServiceAddress address : addresses) {
            var item = new LinkedHashMap<String, Object>();
            item.put("index", address.index());
            item.put("host", address.host());
            item.put("port", address.sipPort());
            item.put("home", address.home());
            list.add(item);
        }
        RecordJson.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValue(work.addresses().toFile(), Map.of("addresses", list));
    }
}
