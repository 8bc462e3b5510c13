package org.sempervox.cluster.address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Machines on one network, as network namespaces: each has {@code eth0}, and a peer between them has the bridge. Leaves nothing behind. */
public final class Namespaces {
    public static final String PEER = "peer";
    private static final String NETWORK = "10.77.0.";
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    private final Map<String, String> names = new TreeMap<>();
    private final List<Process> started = new ArrayList<>();

    /** Whether this machine lets them be made. */
    public static boolean possible() throws Exception {
        return "root".equals(System.getProperty("user.name"))
                && Runtime.getRuntime().exec(new String[] {"ip", "netns"}).waitFor() == 0;
    }

    /** {@code machines} get the hosts 1, 2, … of the network, the peer 100. */
    public Namespaces(String... machines) throws Exception {
        try {
            make(PEER);
            inside(PEER, "ip", "link", "add", "br0", "type", "bridge");
            up(PEER, "br0", 100);
            for (int i = 0; i < machines.length; i++) {
                String machine = machines[i];
                make(machine);
                host(
                        "ip",
                        "-n",
                        name(machine),
                        "link",
                        "add",
                        "eth0",
                        "type",
                        "veth",
                        "peer",
                        "name",
                        "port" + i,
                        "netns",
                        name(PEER));
                inside(PEER, "ip", "link", "set", "port" + i, "master", "br0", "up");
                up(machine, "eth0", i + 1);
            }
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    private void make(String machine) throws Exception {
        String name = "svt" + ProcessHandle.current().pid() + machine;
        host("ip", "netns", "add", name);
        names.put(machine, name);
        inside(machine, "ip", "link", "set", "lo", "up");
    }

    private void up(String machine, String device, int host) throws Exception {
        inside(machine, "ip", "address", "add", NETWORK + host + "/24", "dev", device);
        inside(machine, "ip", "link", "set", device, "up");
    }

    private String name(String machine) {
        return names.getOrDefault(machine, machine);
    }

    /** Runs it to its end; its output. */
    public String inside(String machine, String... command) throws Exception {
        return host(entered(machine, List.of(command)).toArray(String[]::new));
    }

    /** Starts it; killed at the end at the latest. Its process id is that of the command. */
    public Process start(String machine, List<String> command) throws IOException {
        Process process = new ProcessBuilder(entered(machine, command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    /** A Java program of these tests; killed at the end at the latest. Its process id is that of the virtual machine. */
    public Process java(String machine, List<String> before, Class<?> main, String... arguments) throws IOException {
        return start(machine, javaCommand(before, main, arguments));
    }

    private static List<String> javaCommand(List<String> before, Class<?> main, String... arguments) {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsempervox.log=INFO",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> entered(String machine, List<String> command) {
        var whole = new ArrayList<>(List.of("ip", "netns", "exec", name(machine)));
        whole.addAll(command);
        return whole;
    }

    public String mac(String machine) throws Exception {
        Matcher found = MAC.matcher(inside(machine, "ip", "link", "show", "dev", "eth0"));
        if (!found.find()) {
            throw new AssertionError("no hardware address in " + machine);
        }
        return found.group(1);
    }

    public boolean has(String machine, String address) throws Exception {
        return inside(machine, "ip", "-4", "address", "show", "dev", "eth0").contains(" " + address + "/");
    }

    /** What the peer believes where an address is: a line of {@code ip neigh}. */
    public String neighbour(String address) throws Exception {
        return inside(PEER, "ip", "neigh", "show", "to", address);
    }

    public static String host(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Process ids in a namespace. */
    public String pids(String machine) throws Exception {
        return host("ip", "netns", "pids", name(machine)).strip();
    }

    public void close() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        for (String name : names.values()) {
            host("ip", "netns", "delete", name);
        }
    }
}
