package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of one Cassandra, W/store/c1: its settings, written anew at every start, beside its data. */
record CassandraFiles(Path folder) {
    private static final Pattern GAP = Pattern.compile("\\$\\{([a-z-]+)}");
    /** Characters that would need different quoting in YAML, in an argument file of java and in an XML file. */
    private static final Pattern PLAIN = Pattern.compile("[^\"'\\\\$#:*\\p{Cntrl}]+");

    static CassandraFiles of(WorkFolder work, String name) {
        return new CassandraFiles(work.store().resolve(name));
    }

    /** An argument file for java. */
    Path options() {
        return folder.resolve("jvm.options");
    }

    /** Data stays untouched. */
    void write(CassandraRing ring, String name) throws IOException, LaunchFailure {
        if (!PLAIN.matcher(folder.toString()).matches()) {
            throw new LaunchFailure("Cassandra needs a work folder without special characters in its path: " + folder);
        }
        Files.createDirectories(folder.resolve("tmp"));
        Map<String, String> values = Map.of(
                "cluster-name", ring.clusterName(),
                "token", ring.token(name).toString(),
                "seeds", String.join(",", ring.hosts()),
                "host", ring.host(name),
                "storage-port", Integer.toString(ring.storagePort()),
                "native-port", Integer.toString(ring.nativePort()),
                "folder", folder.toString(),
                "folder-url", folder.toUri().toString());
        fill("cassandra.yaml", values, folder.resolve("cassandra.yaml"));
        fill("cassandra.options", values, options());
        fill("cassandra-logback.xml", Map.of(), folder.resolve("logback.xml"));
    }

    private static void fill(String resource, Map<String, String> values, Path file) throws IOException {
        try (InputStream in = CassandraFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, GAP.matcher(text).replaceAll(gap -> {
                String value = values.get(gap.group(1));
                if (value == null) {
                    throw new IllegalStateException(resource + ": nothing for " + gap.group());
                }
                return Matcher.quoteReplacement(value);
            }));
        }
    }
}
