package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.sempervox.chaos.command.Command;

/**
 * A laboratory: one network namespace for each host, all on one bridge, which is in the root namespace with what is outside: phones, store
 * and launcher. Everything is one subnet without a gateway. Functions may be called again without another effect and take some milliseconds;
 * a failing command of the system is an IOException with its words. Thread-safe.
 *
 * <p>Three things can be wrong with a host, independent of each other: it is cut from other hosts ({@link #heal} ends it), its cable is pulled
 * ({@code heal} plugs it in), its power is off ({@link #powerOn} ends it).
 */
public final class Lab implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int SERVICE_ADDRESSES = 100;

    private final Path stateFile;
    private final Set<String> pulled = new TreeSet<>();
    private final Set<String> off = new TreeSet<>();
    private LabState state;
    private Cuts cuts = Cuts.NONE;
    private boolean closed;

    private Lab(Path stateFile, LabState state) {
        this.stateFile = stateFile;
        this.state = state;
    }

    /**
     * Makes one.
     *
     * @param folder gets the state file, {@code lab.json}, before anything else is made
     * @param hosts names, a letter and up to four letters or digits each; their addresses ascend in this order
     * @throws LabRefusal if this is not Linux, not root, or a program is missing; nothing was touched
     */
    public static Lab create(Path folder, List<String> hosts) throws IOException {
        Requirements.check();
        Path stateFile = folder.toAbsolutePath().resolve(LabState.FILE);
        if (Files.exists(stateFile)) {
            throw new LabRefusal(stateFile + " is of a laboratory that was not removed; remove it first");
        }
        Files.createDirectories(folder);
        long pid = ProcessHandle.current().pid();
        int before = MADE.getAndIncrement();
        String id = Long.toString(pid, 36) + (before == 0 ? "" : Character.toString('a' + before % 26));
        var lab = new Lab(stateFile, LabState.plan(pid, id, Wiring.freeSubnet(pid + before), hosts));
        lab.state.write(stateFile);
        try {
            Wiring.build(lab.state);
            return lab;
        } catch (IOException e) {
            try {
                lab.close();
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /** Why none can be made here and now; empty if one can. */
    public static Optional<String> refusal() throws IOException {
        try {
            Requirements.check();
            Requirements.captureProgram(Requirements::isInstalled);
            return Optional.empty();
        } catch (LabRefusal e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Ends the clusters, processes and captures of a laboratory, however its owner ended, and removes it with its state file. Does nothing if
     * there is no such file. What cannot be removed is named by the exception, and the file stays.
     */
    public static void removeAll(Path stateFile) throws IOException {
        if (Files.exists(stateFile)) {
            Wiring.remove(stateFile.toAbsolutePath());
        }
    }

    /** Folder of the state file and of what the laboratory writes. */
    public Path folder() {
        return stateFile.resolveSibling("");
    }

    public Path stateFile() {
        return stateFile;
    }

    public List<String> hosts() {
        return state.hosts().stream().map(LabHost::name).toList();
    }

    /** Names, address and cable of one host. */
    public LabHost host(String name) {
        return state.host(name);
    }

    /** Name of the bridge in the root namespace, which all names of ports begin with. */
    public String bridge() {
        return state.bridge();
    }

    /** Address of the root namespace: phones, store and launcher. */
    public String outside() {
        return state.outside();
    }

    /** An address of the subnet that no host has, for a service; {@code index} from 0 to 99. */
    public String serviceAddress(int index) {
        if (index < 0 || index > 99) {
            throw new IllegalArgumentException("service address " + index + ": expected 0-99");
        }
        return state.subnet() + "." + (SERVICE_ADDRESSES + index);
    }

    /**
     * What comes before a command line to run it on a host. The process becomes the program, under the same pid; while the host is off it waits
     * for the power.
     */
    public List<String> front(String host) {
        LabHost on = state.host(host);
        return List.of(
                "sh",
                "-c",
                "while [ -e \"$0\" ]; do sleep 0.1; done; exec ip netns exec \"$@\"",
                LabState.offMark(stateFile, on).toString(),
                on.namespace());
    }

    /** No frame passes between two hosts. */
    public void cut(String one, String other) throws IOException {
        split(List.of(one), List.of(other));
    }

    /** No frame passes from one host to the other; those of the other way do. */
    public synchronized void cutOneWay(String from, String to) throws IOException {
        apply(cuts.oneWay(from, to));
    }

    /** No frame passes between the host and any other host; the outside reaches it. */
    public void isolate(String host) throws IOException {
        split(
                List.of(host),
                hosts().stream().filter(other -> !other.equals(host)).toList());
    }

    /** No frame passes between the groups; within them and to the outside all do. */
    public synchronized void split(Collection<String> one, Collection<String> other) throws IOException {
        apply(cuts.split(one, other));
    }

    /** So many percent of the frames on each way between these hosts are lost, by chance; zero ends it. The outside is not concerned. */
    public synchronized void loss(int percent, Collection<String> hosts) throws IOException {
        apply(cuts.loss(percent, hosts));
    }

    /** The cable is pulled: no frame comes or goes, and the host's device has no carrier. */
    public synchronized void cutFromAll(String host) throws IOException {
        if (pulled.add(state.host(host).name())) {
            cable(host);
        }
    }

    /** Ends every cut and every loss and plugs all cables in; a host that is off stays off. */
    public synchronized void heal() throws IOException {
        apply(Cuts.NONE);
        List<String> unplugged = List.copyOf(pulled);
        pulled.clear();
        for (String host : unplugged) {
            cable(host);
        }
    }

    /**
     * The host is silent from one moment to the next: its cable carries nothing before its first process dies, so nobody answers with a reset
     * or by ARP. All its processes are killed; it forgets every address but its own. New ones of {@link #front} wait.
     */
    public synchronized void powerOff(String host) throws IOException {
        LabHost on = state.host(host);
        if (off.add(host)) {
            List<ProcessHandle> running = Processes.in(on.namespace());
            cable(host);
            running.forEach(ProcessHandle::destroyForcibly);
            Files.writeString(LabState.offMark(stateFile, on), "");
            Processes.killAllIn(on.namespace());
            Wiring.address(on);
        }
    }

    /** The host has its cable again, unless that is pulled, and runs what waits for it. */
    public synchronized void powerOn(String host) throws IOException {
        LabHost on = state.host(host);
        if (off.remove(host)) {
            cable(host);
            Files.deleteIfExists(LabState.offMark(stateFile, on));
        }
    }

    /** Adds an address to a host's device; announces nothing. */
    public void addAddress(String host, String address) throws IOException {
        if (!addresses(host).contains(address)) {
            device(host, "add", address);
        }
    }

    /** The IPv4 addresses on a host's device now. */
    public List<String> addresses(String host) throws IOException {
        String lines =
                Command.run("ip", "-n", state.host(host).namespace(), "-o", "-4", "addr", "show", LabHost.DEVICE);
        return lines.lines()
                .map(line -> line.strip().split("\\s+")[3])
                .map(address -> address.substring(0, address.indexOf('/')))
                .toList();
    }

    /**
     * Begins to capture what each host sends by ARP and UDP, one file for each host. One capture at a time; it goes on when cables are pulled
     * and power fails, but can begin only while no cable is.
     *
     * @param into folder for the files, which are kept
     * @throws LabRefusal if no program for it is installed
     */
    public synchronized Capture capture(Path into) throws IOException {
        if (!pulled.isEmpty() || !off.isEmpty()) {
            throw new IllegalStateException(
                    "a capture begins with all cables plugged in; pulled: " + pulled + ", off: " + off);
        }
        Files.createDirectories(into);
        Capture.Plan plan = Capture.plan(Requirements.captureProgram(Requirements::isInstalled), state.hosts(), into);
        state = state.withCaptures(plan.commands());
        state.write(stateFile);
        return plan.start();
    }

    /** From now on the cluster of that work folder is removed with the laboratory. */
    synchronized void runs(Path work) throws IOException {
        state = state.withWork(work);
        state.write(stateFile);
    }

    /** Ends everything in it and removes it. Can be called again after a failure. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            removeAll(stateFile);
            closed = true;
        }
    }

    private void apply(Cuts next) throws IOException {
        if (!next.equals(cuts)) {
            Command.feed(next.rules(state), "nft", "-f", "-");
            cuts = next;
        }
    }

    private void cable(String host) throws IOException {
        boolean carries = !pulled.contains(host) && !off.contains(host);
        Command.run("ip", "link", "set", state.host(host).port(), carries ? "up" : "down");
    }

    private void device(String host, String change, String address) throws IOException {
        var command = new ArrayList<>(List.of("ip", "-n", state.host(host).namespace(), "addr", change));
        command.addAll(List.of(address + "/24", "dev", LabHost.DEVICE));
        Command.run(command.toArray(String[]::new));
    }
}
