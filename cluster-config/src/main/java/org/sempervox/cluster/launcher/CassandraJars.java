package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The folder with the jars of a Cassandra server. They are on no class path of ours: a Cassandra runs in a process of its own.
 *
 * @param version of Cassandra
 * @param agent the agent by which Cassandra measures its memory; without it, it estimates
 */
record CassandraJars(Path folder, String version, Optional<Path> agent) {
    /** System property that names the folder. */
    static final String PROPERTY = "sempervox.cassandra.lib";

    private static final Pattern SERVER = Pattern.compile("cassandra-all-(.+)\\.jar");
    private static final Pattern AGENT = Pattern.compile("jamm-.+\\.jar");

    static CassandraJars find() throws IOException {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            throw problem("nothing");
        }
        return in(Path.of(folder));
    }

    static CassandraJars in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw problem(folder + ", which is no folder");
        }
        List<Path> servers = named(folder, SERVER);
        if (servers.size() != 1) {
            throw problem(folder + " with " + servers.size() + " cassandra-all-VERSION.jar");
        }
        Matcher server = SERVER.matcher(servers.getFirst().getFileName().toString());
        String version = server.matches() ? server.group(1) : "";
        return new CassandraJars(
                folder.toAbsolutePath(), version, named(folder, AGENT).stream().findFirst());
    }

    private static List<Path> named(Path folder, Pattern name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> name.matcher(f.getFileName().toString()).matches())
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        }
    }

    private static SettingsProblem problem(String found) {
        return new SettingsProblem(
                "-D" + PROPERTY,
                found,
                "the folder with the jars of one Cassandra; './sempervox … --store cassandra' builds and names it,"
                        + " 'mvn -pl cluster-config/cassandra package' builds it in cluster-config/cassandra/target/lib");
    }
}
