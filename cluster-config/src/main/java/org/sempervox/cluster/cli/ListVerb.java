package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Mixin;

/** A verb that shows one array, put together from all nodes. */
abstract sealed class ListVerb implements Verb permits CallsVerb, RegistrationsVerb, CdrVerb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    abstract ArrayNode read(NodesOption from) throws IOException;

    abstract String line(JsonNode element);

    @Override
    public Integer call() throws IOException {
        ArrayNode all = read(nodes);
        report.print(all, out -> print(out, all));
        return Exit.DONE;
    }

    private void print(PrintStream out, ArrayNode all) {
        all.forEach(element -> out.println(line(element)));
        out.println(all.size() + " in all");
    }
}
