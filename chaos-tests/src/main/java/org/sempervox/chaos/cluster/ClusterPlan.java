package org.sempervox.chaos.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The nodes of a work folder by its {@code cluster.conf}. */
final class ClusterPlan {
    private ClusterPlan() {}

    /** Those with all roles that have run at least once, in the order of their numbers; a spare one that never joined is none. */
    static List<String> fullNodes(Path work) throws IOException {
        Config nodes;
        try {
            nodes = ConfigFactory.parseFile(work.resolve("cluster.conf").toFile())
                    .getConfig("sempervox.nodes");
        } catch (ConfigException e) {
            throw new IOException("no nodes in " + work.resolve("cluster.conf") + ": " + e.getMessage(), e);
        }
        return nodes.root().keySet().stream()
                .filter(node -> !nodes.getStringList(node + ".roles").contains("witness"))
                .filter(node -> Files.exists(work.resolve(node + ".log")))
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
