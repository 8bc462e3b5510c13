package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sempervox.chaos.command.Command;

/** Small file systems in memory, for disks that can be filled. */
final class Mounts {
    private Mounts() {}

    static void mount(Path at, int kibibytes) throws IOException {
        Files.createDirectories(at);
        Command.run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "none", at.toString());
    }

    static boolean isMounted(Path at) throws IOException {
        String wanted = " " + at.toAbsolutePath() + " ";
        try (var lines = Files.lines(Path.of("/proc/mounts"))) {
            return lines.anyMatch(line -> line.contains(wanted));
        }
    }

    /** Takes every byte that is left. */
    static Path fill(Path at) throws IOException {
        Path ballast = at.resolve("ballast");
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.size(ballast) == 0) {
                throw full;
            }
        }
        return ballast;
    }
}
