package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.command.Command;
import org.sempervox.cluster.launcher.WorkFolder;

/** Namespaces, cables and the bridge of a laboratory: made, and removed with all that is in them. */
final class Wiring {
    private static final Path DEVICES = Path.of("/sys/class/net");

    private Wiring() {}

    /** A network of which no address and no route is known here; {@code start}: where to begin to look. */
    static String freeSubnet(long start) throws IOException {
        String known = Command.run("ip", "-o", "-4", "addr") + Command.run("ip", "-4", "route", "show", "table", "all");
        for (int i = 0; i < 250; i++) {
            String subnet = "10.213." + (1 + (start + i) % 250);
            if (!known.contains(subnet + ".")) {
                return subnet;
            }
        }
        throw new LabRefusal("no network 10.213.N.0/24 is free");
    }

    static void build(LabState state) throws IOException {
        String bridge = state.bridge();
        Command.run("ip", "link", "add", bridge, "type", "bridge", "forward_delay", "0", "stp_state", "0");
        Command.run("ip", "addr", "add", state.outside() + "/24", "dev", bridge);
        Command.run("ip", "link", "set", bridge, "up");
        for (LabHost host : state.hosts()) {
            Command.run("ip", "netns", "add", host.namespace());
            Command.run(
                    "ip",
                    "link",
                    "add",
                    host.port(),
                    "type",
                    "veth",
                    "peer",
                    "name",
                    LabHost.DEVICE,
                    "address",
                    host.hardware(),
                    "netns",
                    host.namespace());
            Command.run("ip", "link", "set", host.port(), "master", bridge, "up");
            Command.run("ip", "-n", host.namespace(), "link", "set", "lo", "up");
            Command.run("ip", "-n", host.namespace(), "link", "set", LabHost.DEVICE, "up");
            address(host);
        }
    }

    /** The host's own address and no other. */
    static void address(LabHost host) throws IOException {
        Command.run("ip", "-n", host.namespace(), "-4", "addr", "flush", "dev", LabHost.DEVICE);
        Command.run("ip", "-n", host.namespace(), "addr", "add", host.address() + "/24", "dev", LabHost.DEVICE);
    }

    /** What is there of it; goes on after a failure, which is thrown in the end. Then the state file is still there. */
    static void remove(Path stateFile) throws IOException {
        LabState state = LabState.read(stateFile);
        var steps = new ArrayList<Step>();
        steps.add(() -> killClusters(state));
        steps.add(() -> killWaiting(stateFile, state));
        List<String> namespaces = Command.names("ip", "netns", "list");
        for (LabHost host : state.hosts()) {
            if (namespaces.contains(host.namespace())) {
                steps.add(() -> Processes.killAllIn(host.namespace()));
            }
        }
        steps.add(() -> Processes.kill(Processes.withCommandLine(state.captures()::contains)));
        steps.add(() -> Command.feed(Cuts.NONE.rules(state), "nft", "-f", "-"));
        for (LabHost host : state.hosts()) {
            // The cable first: a namespace goes some time after its name, and its devices with it.
            steps.add(() -> deleteDevice(host.port()));
            if (namespaces.contains(host.namespace())) {
                steps.add(() -> Command.run("ip", "netns", "del", host.namespace()));
            }
            steps.add(() -> Files.deleteIfExists(LabState.offMark(stateFile, host)));
        }
        steps.add(() -> deleteDevice(state.bridge()));
        all(steps);
        Files.deleteIfExists(stateFile);
    }

    /** Part of a removal. */
    private interface Step {
        void run() throws IOException;
    }

    private static void all(List<Step> steps) throws IOException {
        IOException failure = null;
        for (Step step : steps) {
            try {
                step.run();
            } catch (IOException e) {
                if (failure == null) {
                    failure = new IOException("the laboratory was not removed as a whole: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void deleteDevice(String name) throws IOException {
        if (Files.exists(DEVICES.resolve(name))) {
            Command.run("ip", "link", "del", name);
        }
    }

    /** The launcher first: it would start nodes again. */
    private static void killClusters(LabState state) throws IOException {
        for (String path : state.works()) {
            var work = new WorkFolder(Path.of(path));
            var launcher = work.launcher();
            if (launcher.isPresent()) {
                Processes.kill(List.of(launcher.get()));
            }
            Processes.kill(List.copyOf(work.liveNodes().values()));
        }
    }

    private static void killWaiting(Path stateFile, LabState state) throws IOException {
        List<String> marks = state.hosts().stream()
                .map(host -> LabState.offMark(stateFile, host).toString())
                .toList();
        Processes.kill(Processes.withCommandLine(words -> words.stream().anyMatch(marks::contains)));
    }
}
