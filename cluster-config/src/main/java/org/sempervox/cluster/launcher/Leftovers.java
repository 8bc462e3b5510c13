package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a work folder says about processes and files. */
public final class Leftovers {
    private static final Pattern KNOWN = Pattern.compile(
            "[a-z][a-z0-9-]*\\.(pid|log|admin|drained)|launcher\\.(pid|log|drains)|cluster\\.(conf|key)|credentials\\.key|pbx\\.conf"
                    + "|addresses\\.json|classpath"
                    + "|sempervox\\.aot|store|store/password|store/sempervox\\.(mv|trace)\\.db|store/recent\\.[0-9]\\.log"
                    // what Cassandra keeps in its own folders is its own
                    + "|store/cassandra\\.conf|store/c[1-3](/.*)?");

    private Leftovers() {}

    /** Process ids of the launcher, the nodes and the processes of the store that live, by name. */
    public static Map<String, Long> liveProcesses(WorkFolder work) throws IOException {
        var live = new TreeMap<String, Long>();
        work.launcher().ifPresent(p -> live.put("launcher", p.pid()));
        work.liveNodes().forEach((name, p) -> live.put(name, p.pid()));
        work.liveStores().forEach((name, p) -> live.put(name, p.pid()));
        return live;
    }

    /** Files that no part of the program is known to write, relative to the folder. */
    public static List<String> unknownFiles(WorkFolder work) throws IOException {
        Path root = work.path();
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> !f.equals(root))
                    .map(f -> root.relativize(f).toString())
                    .filter(name -> !KNOWN.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }
}
