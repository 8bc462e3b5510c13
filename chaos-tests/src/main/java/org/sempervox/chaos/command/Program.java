package org.sempervox.chaos.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program again, with other words: verbs as an operator would type them. */
public final class Program {
    private static final String MAIN = "org.sempervox.cluster.cli.Sempervox";

    private Program() {}

    /** Its command line; {@code options}: more of the virtual machine. */
    public static List<String> command(List<String> options, List<String> words) {
        return command(System.getProperty("java.class.path"), options, words);
    }

    /** Likewise, of another build. */
    public static List<String> command(String classPath, List<String> options, List<String> words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(words);
        return command;
    }

    /** What it says goes to the end of the log. */
    public static Process start(Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
