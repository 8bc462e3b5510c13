package org.sempervox.cluster.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The classes that nodes run: the entries of a class path, absolute and in order.
 *
 * <p>{@code W/classpath} says which build the nodes of a work folder are started with from now on. A launcher writes its own there when it
 * starts and reads it anew for each start of a node; what hosts the store and chooses the options of the virtual machines stays the launcher.
 */
public record Build(List<Path> classPath) {
    /** In the folder of a build: its class path, with entries relative to the folder. */
    private static final String FILE = "classpath";

    private static final long CHECK_LIMIT_S = 60;

    public Build {
        classPath = List.copyOf(classPath);
    }

    /** Of this process. */
    static Build own() {
        return parse(System.getProperty("java.class.path"), Path.of(""));
    }

    /** The build in a folder made by {@code checks/build-distribution}; a SettingsProblem if there is none or a part of it is missing. */
    public static Build in(Path folder) throws IOException {
        String expected = "the folder of a build, with a file classpath";
        if (!Files.isReadable(folder.resolve(FILE))) {
            throw new SettingsProblem(folder.toString(), "no file classpath", expected);
        }
        // a link to the newest build may point elsewhere tomorrow
        Path real = folder.toRealPath();
        Build build = parse(Files.readString(real.resolve(FILE)), real);
        for (Path entry : build.classPath()) {
            if (!Files.isReadable(entry)) {
                throw new SettingsProblem(
                        real.resolve(FILE).toString(), entry + ", which is not there", "files to read");
            }
        }
        return build;
    }

    /** What nodes of that folder are started with from now on; empty before its first launcher. */
    static Optional<Build> of(WorkFolder work) throws IOException {
        return Files.exists(work.classPath())
                ? Optional.of(parse(Files.readString(work.classPath()), work.path()))
                : Optional.empty();
    }

    /** Makes it the one that nodes of that folder are started with; at once or not at all. */
    void choose(WorkFolder work) throws IOException {
        Secrets.write(work.classPath(), this + "\n");
    }

    /** The ahead-of-time cache of these classes, if one was made: it lies beside the first of them. */
    Path cache() {
        return classPath.getFirst().resolveSibling("sempervox.aot");
    }

    /** Throws a SettingsProblem unless its program starts and takes the cluster's configuration. Starts a process, for some seconds. */
    void check(WorkFolder work) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JavaCommand.check(work, this))
                .redirectErrorStream(true)
                .start();
        var _ = process.onExit()
                .orTimeout(CHECK_LIMIT_S, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new SettingsProblem(name(), "a program that says: " + said, "one that can read " + work.config());
        }
    }

    /** As a node names the build it runs: by the first entry. */
    String name() {
        return classPath.getFirst().toString();
    }

    /** As java takes it. */
    @Override
    public String toString() {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Build parse(String text, Path folder) {
        Path from = folder.toAbsolutePath();
        return new Build(Arrays.stream(text.strip().split(File.pathSeparator, -1))
                .map(entry -> from.resolve(entry).normalize())
                .toList());
    }
}
