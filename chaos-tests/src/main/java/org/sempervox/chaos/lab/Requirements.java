package org.sempervox.chaos.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a laboratory needs of its machine. */
final class Requirements {
    private static final List<Need> PROGRAMS =
            List.of(new Need("ip", "iproute2"), new Need("nft", "nftables"), new Need("sh", "dash"));
    private static final Path SELF = Path.of("/proc/self/status");

    private record Need(String program, String debianPackage) {}

    private Requirements() {}

    /** Throws if something is missing. */
    static void check() throws IOException {
        Optional<String> missing = missing(effectiveUser(), Requirements::isInstalled);
        if (missing.isPresent()) {
            throw new LabRefusal(missing.get());
        }
    }

    /** What is missing for a user with that id; {@code -1} where there is no Linux. */
    static Optional<String> missing(long user, Predicate<String> installed) {
        if (user < 0) {
            return Optional.of("a laboratory of network namespaces needs Linux");
        }
        if (user != 0) {
            return Optional.of("a laboratory of network namespaces needs root; this is user " + user);
        }
        return PROGRAMS.stream()
                .filter(need -> !installed.test(need.program))
                .findFirst()
                .map(need -> "a laboratory of network namespaces needs the program " + need.program
                        + " (Debian package " + need.debianPackage + ")");
    }

    /** The program that captures, of those that are installed. */
    static String captureProgram(Predicate<String> installed) throws LabRefusal {
        return Stream.of("tcpdump", "dumpcap")
                .filter(installed)
                .findFirst()
                .orElseThrow(() -> new LabRefusal("capturing needs tcpdump (Debian package tcpdump) or dumpcap"
                        + " (Debian package wireshark-common)"));
    }

    static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin:/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static long effectiveUser() throws IOException {
        if (!Files.exists(SELF)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(SELF)) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[2]))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
