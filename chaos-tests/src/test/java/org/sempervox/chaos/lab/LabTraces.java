package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.command.Command;

/** What a laboratory has on this machine, as an operator would look for it. Others may have laboratories at the same time. */
final class LabTraces {
    private LabTraces() {}

    /** Namespaces, devices, rules and processes that carry the names of a laboratory or of its folder. */
    static List<String> of(String bridge, Path folder) throws IOException {
        String id = bridge.substring("svl".length());
        var traces = new ArrayList<String>();
        for (String[] command : List.of(
                new String[] {"ip", "netns", "list"},
                new String[] {"ip", "-o", "link"},
                new String[] {"ip", "-o", "addr"},
                new String[] {"nft", "list", "ruleset"})) {
            Command.run(command)
                    .lines()
                    .filter(line -> line.contains("svlab" + id + "-") || line.contains(bridge))
                    .forEach(traces::add);
        }
        Processes.withCommandLine(words -> words.stream()
                        .anyMatch(word -> word.contains("svlab" + id + "-")
                                || word.startsWith(bridge)
                                || word.contains(folder + "/")))
                .forEach(process -> traces.add(process + " " + process.info().commandLine()));
        return traces;
    }
}
