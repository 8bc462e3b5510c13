package org.sempervox.chaos.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;

/** What a run's folder holds besides the page, by names relative to it. */
record RunFiles(List<String> names) {
    static final String TRACE = "phones.trace";
    private static final String LOGS = "cluster/";
    private static final String CAPTURES = "capture/";

    RunFiles {
        names = List.copyOf(names);
    }

    /** Those that a run with this beginning leaves. */
    static RunFiles expected(Entry.Begin begin) {
        var names = new ArrayList<String>();
        names.add(HistoryFile.NAME);
        names.add(TRACE);
        begin.nodes().forEach(node -> names.add(LOGS + node + ".log"));
        if (begin.capture()) {
            names.add(CAPTURES + "*.pcap");
        }
        return new RunFiles(names);
    }

    /** Those that are there. */
    static RunFiles in(Path folder) throws IOException {
        var names = new ArrayList<String>();
        for (String name : List.of(HistoryFile.NAME, TRACE)) {
            if (Files.exists(folder.resolve(name))) {
                names.add(name);
            }
        }
        names.addAll(list(folder, LOGS, ".log"));
        names.addAll(list(folder, CAPTURES, ".pcap"));
        return new RunFiles(names);
    }

    private static List<String> list(Path folder, String under, String ending) throws IOException {
        Path inner = folder.resolve(under);
        if (!Files.isDirectory(inner)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inner)) {
            return files.map(file -> under + file.getFileName())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    List<String> logs() {
        return names.stream().filter(name -> name.startsWith(LOGS)).toList();
    }

    List<String> captures() {
        return names.stream().filter(name -> name.startsWith(CAPTURES)).toList();
    }

    boolean trace() {
        return names.contains(TRACE);
    }
}
