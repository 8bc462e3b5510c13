package org.sempervox.cluster.store.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.launcher.CassandraJava;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.Store;

/** Cassandra processes of a test, on loopback addresses of their own; without a library folder or a Java 17 the test is left out. */
public final class CassandraServer implements AutoCloseable {
    private static final Path LIBRARY = Path.of(System.getProperty("sempervox.cassandra.lib", "cassandra/target/lib"));
    private static final int STORAGE = 7000;
    private static final int NATIVE = 9042;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final List<Process> processes = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();

    private final Path java;
    private final Optional<Certificates> guard;

    private CassandraServer(Path java, Optional<Certificates> guard) {
        this.java = java;
        this.guard = guard;
    }

    private static Path java() throws IOException {
        try {
            return CassandraJava.find().java();
        } catch (SettingsProblem e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    public static CassandraServer start(Path folder, int size) throws Exception {
        return start(folder, size, Optional.empty());
    }

    /** One that asks for a login, speaks TLS only and has a certificate for its address; see {@link Certificates}. */
    static CassandraServer startGuarded(Path folder) throws Exception {
        return start(folder, 1, Optional.of(new Certificates(folder)));
    }

    private static CassandraServer start(Path folder, int size, Optional<Certificates> guard) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(LIBRARY), () -> "no Cassandra in " + LIBRARY.toAbsolutePath());
        var server = new CassandraServer(java(), guard);
        String net = "127.%d.%d."
                .formatted(
                        ThreadLocalRandom.current().nextInt(20, 120),
                        ThreadLocalRandom.current().nextInt(1, 250));
        for (int i = 1; i <= size; i++) {
            server.hosts.add(net + i);
        }
        if (guard.isPresent()) {
            guard.get().make(server.hosts.getFirst());
        }
        for (int i = 0; i < size; i++) {
            server.processes.add(server.launch(folder, i));
        }
        for (int i = 0; i < size; i++) {
            Process process = server.processes.get(i);
            String host = server.hosts.get(i);
            Eventually.holds("Cassandra answers", LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new IOException("Cassandra ended; see " + folder);
                }
                return answers(host);
            });
        }
        return server;
    }

    public StoreSettings.Cassandra settings(String keyspace) {
        return new StoreSettings.Cassandra(
                hosts.stream()
                        .map(host -> InetSocketAddress.createUnresolved(host, NATIVE))
                        .toList(),
                "datacenter1",
                keyspace,
                hosts.size(),
                Optional.empty(),
                Optional.empty());
    }

    /** A store that is open: to make tables takes longer than the patience of one request. */
    public Store open(String keyspace, CassandraLimits limits) throws Exception {
        var store = new CassandraStore(settings(keyspace), limits);
        Eventually.holds(
                "the tables are there",
                LIMIT,
                () -> store.lastBeat()
                        .handle((_, failure) -> failure == null)
                        .toCompletableFuture()
                        .get());
        return store;
    }

    String host() {
        return hosts.getFirst();
    }

    public List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    /** SIGSTOP or SIGCONT. */
    public void signal(int index, String name) throws Exception {
        var kill = new ProcessBuilder(
                "kill", "-" + name, Long.toString(processes.get(index).pid()));
        if (kill.inheritIO().start().waitFor() != 0) {
            throw new IOException("kill -" + name);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private Process launch(Path folder, int index) throws IOException {
        Path own = Files.createDirectories(folder.resolve("c" + index));
        Files.writeString(own.resolve("cassandra.yaml"), settings(own, index));
        Files.writeString(own.resolve("logback.xml"), resource("logback.xml"));
        var command = new ArrayList<String>();
        command.add(java.toString());
        resource("cassandra.options")
                .lines()
                .filter(line -> line.startsWith("-"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dlogback.configurationFile=" + own.resolve("logback.xml"),
                "-Dcassandra.config=" + own.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + own,
                "-Dcassandra.logdir=" + own,
                "-cp",
                LIBRARY.toAbsolutePath() + "/*",
                "org.apache.cassandra.service.CassandraDaemon"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("out").toFile())
                .start();
    }

    private String settings(Path own, int index) throws IOException {
        long token = Long.MIN_VALUE + Long.divideUnsigned(-1L, hosts.size()) * index;
        String text = resource("cassandra.yaml");
        if (guard.isPresent()) {
            text = text.replace("AllowAllAuthenticator", "PasswordAuthenticator")
                    + guard.get().serverSettings();
        }
        return text.replace("${host}", hosts.get(index))
                .replace("${seeds}", String.join(",", hosts))
                .replace("${token}", Long.toString(token))
                .replace("${folder}", own.toString())
                .replace("${storage-port}", Integer.toString(STORAGE))
                .replace("${native-port}", Integer.toString(NATIVE));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CassandraServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean answers(String host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, NATIVE), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
