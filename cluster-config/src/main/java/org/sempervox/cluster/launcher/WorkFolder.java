package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The work folder W: where everything is, and whose it is. */
public record WorkFolder(Path path) {
    private static final String PID = ".pid";
    private static final String ADMIN = ".admin";
    private static final String DRAINED = ".drained";
    private static final String KNOWS_DRAINS = "launcher.drains";

    /** In the command line of a process of the store, and of no other. */
    static final String STORE_MARK = "-Dsempervox.store=";

    public WorkFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path config() {
        return path.resolve("cluster.conf");
    }

    public Path store() {
        return path.resolve("store");
    }

    public Path key() {
        return path.resolve("cluster.key");
    }

    /** Opens the credentials in the store. */
    public Path credentialsKey() {
        return path.resolve("credentials.key");
    }

    public Path pbx() {
        return path.resolve("pbx.conf");
    }

    public Path addresses() {
        return path.resolve("addresses.json");
    }

    public Path launcherPid() {
        return path.resolve("launcher.pid");
    }

    public Path launcherLog() {
        return path.resolve("launcher.log");
    }

    /** See {@link Build}. */
    Path classPath() {
        return path.resolve("classpath");
    }

    public Path log(String node) {
        return path.resolve(node + ".log");
    }

    public Path admin(String node) {
        return path.resolve(node + ADMIN);
    }

    public Path pid(String node) {
        return path.resolve(node + PID);
    }

    /** Whether the node is to stay away: the launcher does not start it while this is so. */
    public boolean drained(String node) {
        return Files.exists(path.resolve(node + DRAINED));
    }

    /** Nodes that are {@link #drained} and have left, by name. */
    public List<String> drainedNodes() throws IOException {
        var live = liveNodes().keySet();
        return files(DRAINED).stream()
                .map(file -> stem(file, DRAINED))
                .filter(node -> !live.contains(node))
                .toList();
    }

    /** Told by a launcher that leaves drained nodes alone; those of 0.1.0 start them again. */
    void launcherKnowsDrains() throws IOException {
        Files.writeString(path.resolve(KNOWS_DRAINS), ProcessHandle.current().pid() + "\n");
    }

    boolean drainsAreKnown() throws IOException {
        Path file = path.resolve(KNOWS_DRAINS);
        Optional<ProcessHandle> launcher = launcher();
        return launcher.isPresent()
                && Files.exists(file)
                && Files.readString(file)
                        .strip()
                        .equals(Long.toString(launcher.get().pid()));
    }

    void mark(String node) throws IOException {
        Files.writeString(path.resolve(node + DRAINED), Instant.now() + "\n");
    }

    void unmark(String node) throws IOException {
        Files.deleteIfExists(path.resolve(node + DRAINED));
    }

    /** Ends a hold; the file goes with it. */
    interface Hold extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Takes the folder for this launcher; empty if another one holds it. A lock of the kernel: it cannot be left behind. */
    Optional<Hold> hold() throws IOException {
        Files.createDirectories(path);
        FileChannel channel = FileChannel.open(
                launcherPid(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        return Optional.of(() -> {
            Files.deleteIfExists(path.resolve(KNOWS_DRAINS));
            Files.deleteIfExists(launcherPid());
            channel.close();
        });
    }

    /** Nodes with a pid file whose process lives and is one of ours, by name. */
    public Map<String, ProcessHandle> liveNodes() throws IOException {
        return live(commandLine -> !commandLine.contains(STORE_MARK));
    }

    /** Processes of the store, in the same way; none with an embedded one. */
    public Map<String, ProcessHandle> liveStores() throws IOException {
        return live(commandLine -> commandLine.contains(STORE_MARK));
    }

    private Map<String, ProcessHandle> live(Predicate<String> which) throws IOException {
        var live = new TreeMap<String, ProcessHandle>();
        for (Path file : files(PID)) {
            if (!file.equals(launcherPid())) {
                process(file, which).ifPresent(p -> live.put(stem(file, PID), p));
            }
        }
        return live;
    }

    public Optional<ProcessHandle> launcher() throws IOException {
        return process(launcherPid(), _ -> true);
    }

    /** Admin files by node name, of live and dead nodes. */
    public Map<String, Path> adminFiles() throws IOException {
        var admins = new TreeMap<String, Path>();
        for (Path file : files(ADMIN)) {
            admins.put(stem(file, ADMIN), file);
        }
        return admins;
    }

    /** Removes what dead nodes left behind. */
    void clean() throws IOException {
        Files.deleteIfExists(path.resolve(KNOWS_DRAINS));
        for (String suffix : List.of(PID, ADMIN, DRAINED)) {
            for (Path file : files(suffix)) {
                if (!file.equals(launcherPid())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A process id is reused by the kernel: only a Java process with our classes or our mark counts. */
    private static Optional<ProcessHandle> process(Path pidFile, Predicate<String> which) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String text = Files.readString(pidFile).strip();
        if (!text.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(text))
                .filter(ProcessHandle::isAlive)
                .filter(process -> commandLine(process)
                        .filter(line -> line.contains("sempervox") && which.test(line))
                        .isPresent());
    }

    /** Empty for a process that is not there any more. */
    private static Optional<String> commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return process.info().commandLine();
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Path> files(String suffix) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(f -> name(f).endsWith(suffix)).sorted().toList();
        }
    }

    private static String stem(Path file, String suffix) {
        String name = name(file);
        return name.substring(0, name.length() - suffix.length());
    }

    private static String name(Path file) {
        @Nullable Path last = file.getFileName();
        return last == null ? "" : last.toString();
    }
}
