package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.command.Command;
import org.sempervox.chaos.ground.OwnCluster.Setup;
import org.sempervox.cluster.launcher.Topology;
import org.sempervox.cluster.settings.SettingsProblem;

/** What must be arranged before nodes start so that it can be spoilt later: a small disk for each one's log, a clock of its own. */
final class NodeTricks implements AutoCloseable {
    /** Smaller would be full before the node serves. */
    private static final int DISK_KIB = 2048;

    /** Of the package {@code faketime}; Debian and its relatives put it beside other libraries of the machine's kind. */
    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/faketime/libfaketimeMT.so.1");

    private final Path folder;
    private final Setup setup;

    NodeTricks(Path folder, Setup setup) {
        this.folder = folder;
        this.setup = setup;
    }

    private List<String> fullNodes() {
        return setup.nodes().fullNodes().stream().map(Topology.Member::name).toList();
    }

    private Path disk(String node) {
        return folder.resolve("disk-" + node);
    }

    private Path clock(String node) {
        return folder.resolve("clock-" + node);
    }

    /** What will be mounted. */
    List<String> mounts() {
        return setup.disks()
                ? fullNodes().stream().map(this::disk).map(Path::toString).toList()
                : List.of();
    }

    /** Arranges it; the arguments that {@code up} needs besides. */
    List<String> prepare() throws IOException {
        if (setup.disks()) {
            for (String node : fullNodes()) {
                Mounts.mount(disk(node), DISK_KIB);
                String log = node + ".log";
                Files.createSymbolicLink(
                        folder.resolve("cluster").resolve(log), disk(node).resolve(log));
            }
        }
        return setup.clocks() ? List.of("--hosts", hosts().toString()) : List.of();
    }

    /** Each full node sees the wall clock through a library that adds what stands in a file; the monotonic clock stays as it is. */
    private Path hosts() throws IOException {
        String library = library()
                .orElseThrow(() -> new SettingsProblem(
                        "fault clock",
                        "no libfaketimeMT.so.1 on this machine",
                        "the package faketime to be installed"));
        var text = new StringBuilder("nodes {\n");
        for (String node : fullNodes()) {
            setClock(node, 0);
            text.append("  %s { address = \"127.0.0.1\", command = [ \"env\", \"LD_PRELOAD=%s\", "
                            .formatted(node, library))
                    .append("\"FAKETIME_TIMESTAMP_FILE=%s\", \"FAKETIME_CACHE_DURATION=1\", ".formatted(clock(node)))
                    .append("\"FAKETIME_DONT_FAKE_MONOTONIC=1\", \"FAKETIME_FORCE_MONOTONIC_FIX=0\" ] }\n");
        }
        for (Topology.Member member : setup.nodes().members()) {
            if (member.witness()) {
                text.append("  %s { address = \"127.0.0.1\" }%n".formatted(member.name()));
            }
        }
        Path file = folder.resolve("hosts.conf");
        Files.writeString(file, text.append("}\n").toString());
        return file;
    }

    private static Optional<String> library() {
        return LIBRARIES.stream()
                .filter(file -> Files.isReadable(Path.of(file)))
                .findFirst();
    }

    void setClock(String node, int seconds) throws IOException {
        Files.writeString(clock(node), "%+d%n".formatted(seconds));
    }

    /** The file that takes all the room. */
    Path fillDisk(String node) throws IOException {
        if (!setup.disks()) {
            throw new IOException(node + " has no disk of its own that could be filled");
        }
        return Mounts.fill(disk(node));
    }

    /** The logs stay, as files of the work folder. */
    @Override
    public void close() {
        if (!setup.disks()) {
            return;
        }
        for (String node : fullNodes()) {
            try {
                Path log = folder.resolve("cluster").resolve(node + ".log");
                if (Files.isSymbolicLink(log) && Files.exists(log)) {
                    byte[] text = Files.readAllBytes(log);
                    Files.delete(log);
                    Files.write(log, text);
                }
                if (Mounts.isMounted(disk(node))) {
                    Command.run("umount", "-l", disk(node).toString());
                }
                Files.deleteIfExists(disk(node));
            } catch (IOException e) {
                System.err.println("chaos: " + disk(node) + " is still mounted: " + e.getMessage());
            }
        }
    }
}
