package org.sempervox.chaos.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A Java agent is named by a jar file; all its classes are on the nodes' class path already. */
public final class AgentJar {
    private static final String NAME = "agent.jar";

    private AgentJar() {}

    /** Writes it into that folder; the options with which a node's virtual machine becomes that build. */
    public static List<String> options(Path folder, String build) throws IOException {
        Path jar = folder.toAbsolutePath().resolve(NAME);
        if (jar.toString().matches(".*\\s.*")) {
            throw new IOException(jar + ": options of a virtual machine cannot hold a name with a space");
        }
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(new Attributes.Name("Premain-Class"), BreakingAgent.class.getName());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        // A cache of classes that were prepared ahead of time holds them unbroken.
        return List.of("-XX:AOTMode=off", "-javaagent:" + jar + "=" + build);
    }
}
