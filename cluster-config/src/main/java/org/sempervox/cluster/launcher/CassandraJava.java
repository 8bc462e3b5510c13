package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * The Java that a Cassandra 5 runs on: 17 or 11, not the one that runs us.
 *
 * @param release 17 or 11
 */
public record CassandraJava(Path home, int release) {
    /** Variables that name one, the stronger one first. */
    static final List<String> VARIABLES = List.of("SEMPERVOX_CASSANDRA_JDK", "JAVA17_HOME");

    private static final List<Integer> RELEASES = List.of(17, 11);
    private static final List<Path> PLACES = List.of(Path.of("/usr/lib/jvm"), Path.of("/opt"));
    private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?([0-9]+)", Pattern.MULTILINE);

    /** The one to use on this machine; a SettingsProblem if there is none. */
    public static CassandraJava find() throws IOException {
        return find(System.getenv(), PLACES);
    }

    /** The one a variable names, else the best one in these folders; a variable that names something else is a SettingsProblem. */
    static CassandraJava find(Map<String, String> environment, List<Path> places) throws IOException {
        for (String variable : VARIABLES) {
            String named = environment.get(variable);
            if (named != null && !named.isBlank()) {
                return fit(Path.of(named))
                        .orElseThrow(() -> new SettingsProblem(variable, named, "the home of a Java 17 or 11"));
            }
        }
        List<CassandraJava> all = new ArrayList<>();
        for (Path place : places) {
            for (Path home : folders(place)) {
                fit(home).ifPresent(all::add);
            }
        }
        return RELEASES.stream()
                .flatMap(release -> all.stream().filter(java -> java.release == release))
                .findFirst()
                .orElseThrow(() -> missing(places));
    }

    /** The program. */
    public Path java() {
        return home.resolve("bin").resolve("java");
    }

    private static Optional<CassandraJava> fit(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        if (!version.find()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(version.group(1));
        return RELEASES.contains(number) ? Optional.of(new CassandraJava(home, number)) : Optional.empty();
    }

    private static List<Path> folders(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(place)) {
            return found.sorted().toList();
        }
    }

    private static SettingsProblem missing(List<Path> places) {
        return new SettingsProblem(
                "--store cassandra",
                "no Java 17 or 11 in " + String.join(", ", VARIABLES) + " or the folders of "
                        + String.join(", ", places.stream().map(Path::toString).toList()),
                "one, because Cassandra 5 does not run on later ones: install Temurin 17 or, on Debian and Ubuntu,"
                        + " openjdk-17-jre-headless, or name its home in " + VARIABLES.getFirst());
    }
}
