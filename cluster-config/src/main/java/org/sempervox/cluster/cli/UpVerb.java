package org.sempervox.cluster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.launcher.DetachedLauncher;
import org.sempervox.cluster.launcher.LaunchFailure;
import org.sempervox.cluster.launcher.Launcher;
import org.sempervox.cluster.launcher.LauncherOptions;
import org.sempervox.cluster.launcher.Progress;
import org.sempervox.cluster.launcher.StoreKind;
import org.sempervox.cluster.launcher.Topology;
import org.sempervox.cluster.launcher.WorkFolder;
import org.sempervox.cluster.settings.HostsFile;
import org.sempervox.cluster.settings.PbxFile;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
        name = "up",
        description = "Starts a cluster on this machine for real phones; stays in the foreground until SIGTERM.",
        mixinStandardHelpOptions = true)
public final class UpVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WorkOption work;

    @Option(
            names = "--topology",
            paramLabel = "office|N",
            defaultValue = "office",
            description = "office: two full nodes and a witness; N: N full nodes (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String topology;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private StoreOption store;

    @Option(
            names = "--config",
            paramLabel = "PBX",
            description = "PBX file (default: extensions 1000-1099 in W/pbx.conf)")
    private @Nullable Path pbx;

    @Option(
            names = "--sip",
            paramLabel = "ADDR:PORT",
            split = ",",
            description = "service addresses, one for each full node or fewer, which then move between them"
                    + " (default: 127.0.0.11:5060, 127.0.0.12:5060, …)")
    private List<String> sip = List.of();

    @Option(names = "--roles", split = ",", defaultValue = "core,sip,media", hidden = true)
    private List<String> roles = List.of();

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            hidden = true,
            description = "hosts of the nodes: addresses, devices, and commands that bring them there")
    private @Nullable Path hosts;

    @Option(
            names = "--spare",
            paramLabel = "N",
            defaultValue = "0",
            hidden = true,
            description = "more full nodes that are planned and not started")
    private int spare;

    @Option(names = "--detach", description = "return when phones can register")
    private boolean detach;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StoreKind kind = store.kind();
        Topology wanted = Topology.of(topology, roles).withSpares(spare);
        HostsFile where = hosts == null ? HostsFile.HERE : wanted.checked(HostsFile.read(hosts, wanted.names()));
        if (kind == StoreKind.CASSANDRA && hosts != null) {
            throw new SettingsProblem(
                    "--hosts", hosts + " with --store cassandra", "--store h2: Cassandras listen on loopback");
        }
        if (pbx != null) {
            PbxFile.read(pbx);
        }
        WorkFolder folder = work.folder();
        kind.check(folder);
        if (detach) {
            return DetachedLauncher.start(folder, arguments(folder), System.out);
        }
        return foreground(new LauncherOptions(folder, wanted, kind, Optional.ofNullable(pbx), sip, where));
    }

    private static int foreground(LauncherOptions options) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Progress progress = text -> System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text);
        var launcher = new Launcher(options, progress);
        var failed = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            launcher.close();
            if (!failed.get()) {
                Runtime.getRuntime().halt(Exit.DONE);
            }
        }));
        try {
            launcher.start();
        } catch (LaunchFailure e) {
            failed.set(true);
            System.err.println("up: " + e.getMessage());
            return Exit.BAD_VERDICT;
        } catch (SettingsProblem e) {
            failed.set(true);
            throw e;
        }
        progress.step(DetachedLauncher.READY);
        new CountDownLatch(1).await();
        return Exit.DONE;
    }

    private List<String> arguments(WorkFolder folder) {
        var arguments =
                new java.util.ArrayList<>(List.of("up", "--dir", folder.path().toString(), "--topology", topology));
        arguments.addAll(List.of("--store", store.kind().toString()));
        arguments.addAll(List.of("--roles", String.join(",", roles)));
        if (pbx != null) {
            arguments.addAll(List.of("--config", pbx.toAbsolutePath().toString()));
        }
        if (hosts != null) {
            arguments.addAll(List.of("--hosts", hosts.toAbsolutePath().toString()));
        }
        if (spare > 0) {
            arguments.addAll(List.of("--spare", Integer.toString(spare)));
        }
        if (!sip.isEmpty()) {
            arguments.addAll(List.of("--sip", String.join(",", sip)));
        }
        return arguments;
    }
}
