package org.sempervox.chaos.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * All that a laboratory has or is about to have on this machine; on disk before it exists, so that it can be removed whoever was killed.
 *
 * @param owner pid of the program that made it; its names carry it
 * @param subnet first three numbers of all addresses
 * @param bridge its name, which is the name of its nftables table (family bridge) too
 * @param captures command lines of programs that capture, by which they are found
 * @param works work folders of clusters
 */
record LabState(
        long owner,
        String subnet,
        String bridge,
        List<LabHost> hosts,
        List<List<String>> captures,
        List<String> works) {
    static final String FILE = "lab.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_HOST = 11;
    private static final int MOST_HOSTS = 20;

    LabState {
        hosts = List.copyOf(hosts);
        captures = captures.stream().map(List::copyOf).toList();
        works = List.copyOf(works);
    }

    /** {@code id}: at most six characters, unique on this machine. */
    static LabState plan(long owner, String id, String subnet, List<String> names) {
        if (names.isEmpty()
                || names.size() > MOST_HOSTS
                || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(names + ": expected 1 to " + MOST_HOSTS + " different names of hosts");
        }
        var hosts = new ArrayList<LabHost>();
        for (String name : names) {
            if (!name.matches("[a-z][a-z0-9]{0,4}")) {
                throw new IllegalArgumentException(name + ": expected a letter and up to four letters or digits");
            }
            int number = FIRST_HOST + hosts.size();
            String hardware = "02:53:56:" + String.join(":", number(subnet), "00", "%02x".formatted(number));
            hosts.add(new LabHost(name, "svlab" + id + "-" + name, "svl" + id + name, subnet + "." + number, hardware));
        }
        return new LabState(owner, subnet, "svl" + id, hosts, List.of(), List.of());
    }

    static LabState read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), LabState.class);
    }

    /** Whole or not at all. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), this);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    LabState withCaptures(List<List<String>> commands) {
        return new LabState(owner, subnet, bridge, hosts, commands, works);
    }

    LabState withWork(Path work) {
        var all = new ArrayList<>(works);
        all.add(work.toAbsolutePath().toString());
        return new LabState(owner, subnet, bridge, hosts, captures, all);
    }

    LabHost host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no host " + name + " in this laboratory: "
                        + hosts.stream().map(LabHost::name).toList()));
    }

    /** The outside: phones, store and launcher. */
    String outside() {
        return subnet + ".1";
    }

    /** Exists while the host is off; processes that are to run on it wait for its end. */
    static Path offMark(Path stateFile, LabHost host) {
        return stateFile.resolveSibling(host.name() + ".off");
    }

    private static String number(String subnet) {
        return "%02x".formatted(Integer.parseInt(subnet.substring(subnet.lastIndexOf('.') + 1)));
    }
}
