package org.sempervox.cluster.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How children are started: the same Java as this process, and the same classes unless a node is to run others. */
final class JavaCommand {
    static final String MAIN = "org.sempervox.cluster.cli.Sempervox";

    /** Environment variable with more options for the nodes' virtual machines, for profilers; {@code {node}} is the node's name. */
    static final String OPTIONS = "SEMPERVOX_NODE_OPTIONS";

    private JavaCommand() {}

    /**
     * SerialGC: the shortest take-over with few cores and small heaps. The opens are for LMDB, which Pekko loads with durable keys.
     *
     * @param front comes before everything else: what brings the node to its host
     */
    static List<String> node(WorkFolder work, List<String> front, Topology.Member member, String join, Build build) {
        String training = System.getProperty("sempervox.train", "");
        // A training run must not take the processor from a cluster that serves people on the same machine.
        var command = new ArrayList<>(front);
        command.addAll(training.isEmpty() ? preferred(-10) : List.of());
        command.addAll(java());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                member.witness() ? "-Xmx128m" : "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
        if (training.startsWith(member.name() + "=")) {
            command.add("-XX:AOTCacheOutput=" + training.substring(training.indexOf('=') + 1));
        } else if (training.isEmpty()) {
            aotCache(work, build).ifPresent(file -> command.add("-XX:AOTCache=" + file));
        }
        if (training.isEmpty()) {
            command.addAll(more(System.getenv().getOrDefault(OPTIONS, ""), member.name()));
        }
        command.addAll(program("INFO", build));
        command.addAll(List.of("node", "--config", work.config().toString(), "--name", member.name(), "--join", join));
        return command;
    }

    /** Whether that build starts here and takes the configuration that its nodes would get. */
    static List<String> check(WorkFolder work, Build build) {
        var command = new ArrayList<>(java());
        command.addAll(program("WARN", build));
        command.addAll(List.of("config", "check", work.config().toString()));
        return command;
    }

    static List<String> more(String options, String node) {
        return options.isBlank()
                ? List.of()
                : List.of(options.strip().replace("{node}", node).split("\\s+"));
    }

    /** A launcher of its own, in a session of its own if that is possible, so that it outlives the terminal. */
    static List<String> launcher(List<String> arguments) {
        var command = new ArrayList<>(session());
        command.addAll(java());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
        String cassandra = System.getProperty(CassandraJars.PROPERTY);
        if (cassandra != null) {
            command.add("-D" + CassandraJars.PROPERTY + "=" + cassandra);
        }
        command.addAll(program("WARN", Build.own()));
        command.addAll(arguments);
        return command;
    }

    /** A session of its own, if that is possible: an interrupt typed at the terminal does not reach it. The process id stays the same. */
    static List<String> session() {
        Path setsid = Path.of("/usr/bin/setsid");
        return Files.isExecutable(setsid) ? List.of(setsid.toString()) : List.of();
    }

    /** Made by a training run with a failover; holds compiled profiles. In the work folder or beside the jars. */
    private static java.util.Optional<Path> aotCache(WorkFolder work, Build build) {
        return List.of(work.path().resolve("sempervox.aot"), build.cache()).stream()
                .filter(file -> Files.isReadable(file) && file.toFile().length() > 0)
                .findFirst();
    }

    /** Ahead of other programs where that is allowed: a node that waits for the processor is a node that others give up (S21). */
    static List<String> preferred(int nice) {
        Path program = Path.of("/usr/bin/nice");
        boolean allowed = "root".equals(System.getProperty("user.name")) && Files.isExecutable(program);
        return allowed ? List.of(program.toString(), "-n", Integer.toString(nice)) : List.of();
    }

    private static List<String> java() {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return new ArrayList<>(List.of(java));
    }

    private static List<String> program(String logLevel, Build build) {
        return List.of(
                "--enable-native-access=ALL-UNNAMED", "-Dsempervox.log=" + logLevel, "-cp", build.toString(), MAIN);
    }
}
