package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.cluster.settings.HostsFile;
import org.sempervox.cluster.settings.MemberSettings;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.core.address.ServiceAddress;

/** Chooses ports that are free now; nothing stays open. */
final class Ports {
    static final int FIRST_MEDIA_PORT = 10_000;
    static final int LAST_MEDIA_PORT = 32_767;
    private static final int FIRST_CLUSTER_PORT = 25_520;
    private static final int LAST_CLUSTER_PORT = 26_400;

    private Ports() {}

    /**
     * The first of so many consecutive cluster ports, all free together with their liveness ports. Where the search begins depends on the
     * work folder: two launchers that start at the same moment look at different ports.
     *
     * @param hosts of the nodes in their order; what is free on another host than this one is not known, and taken for free
     */
    static int clusterPorts(List<HostsFile.NodeHost> hosts, WorkFolder work) throws IOException {
        int count = hosts.size();
        int places = (LAST_CLUSTER_PORT - FIRST_CLUSTER_PORT) / count;
        int begin = Math.floorMod(work.path().hashCode(), places);
        for (int i = 0; i < places; i++) {
            int base = FIRST_CLUSTER_PORT + (begin + i) % places * count;
            if (allFree(base, hosts)) {
                return base;
            }
        }
        throw new IOException(
                "no " + count + " free cluster ports from " + FIRST_CLUSTER_PORT + " to " + LAST_CLUSTER_PORT);
    }

    private static boolean allFree(int base, List<HostsFile.NodeHost> hosts) {
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).address();
            int port = base + i;
            boolean known = hosts.get(i).command().isEmpty() && isHere(host);
            if (known && (!tcpFree(host, port) || !tcpFree(host, port + MemberSettings.LIVENESS_OFFSET))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHere(String host) {
        InetAddress address = address(host);
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /**
     * Service addresses, of which the first home gets the first: as asked, which may be fewer than there are homes, a single virtual one for
     * instance, or 127.0.0.11:5060, 127.0.0.12:5060, … with another port where
     * 5060 is taken.
     *
     * @param elsewhere whether they are put on devices of other hosts, where nobody can look from here
     */
    static List<ServiceAddress> serviceAddresses(List<String> asked, List<String> homes, boolean elsewhere) {
        if (asked.size() > homes.size()) {
            throw new SettingsProblem(
                    "--sip", asked.size() + " addresses", homes.size() + " at most, one for each full node");
        }
        int count = asked.isEmpty() ? homes.size() : asked.size();
        var addresses = new ArrayList<ServiceAddress>();
        for (int i = 0; i < count; i++) {
            HostPort at = asked.isEmpty() ? loopback(i) : HostPort.parse(asked.get(i));
            if (!asked.isEmpty() && !elsewhere && !udpFree(at.host(), at.port())) {
                throw new SettingsProblem(
                        "--sip", asked.get(i), "an address of this machine with a UDP port that is free");
            }
            addresses.add(address(i, count, at, homes.get(i)));
        }
        return addresses;
    }

    /** All RTP ports, split evenly. */
    static ServiceAddress address(int index, int count, HostPort at, String home) {
        int share = (LAST_MEDIA_PORT - FIRST_MEDIA_PORT + 1) / count / 2 * 2;
        int first = FIRST_MEDIA_PORT + index * share;
        return new ServiceAddress(index, at.host(), at.port(), first, first + share - 1, home);
    }

    /** A SIP address as written: IPv4 or IPv6 in brackets, colon, port. */
    record HostPort(String host, int port) {
        static HostPort parse(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            String port = text.substring(colon + 1);
            if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]") || !port.matches("[0-9]{1,5}")) {
                throw new SettingsProblem("--sip", text, "ADDR:PORT with a numeric address");
            }
            return new HostPort(host, Integer.parseInt(port));
        }
    }

    private static HostPort loopback(int index) {
        String host = "127.0.0." + (11 + index);
        if (udpFree(host, 5060)) {
            return new HostPort(host, 5060);
        }
        try (var any = new DatagramSocket(new InetSocketAddress(address(host), 0))) {
            return new HostPort(host, any.getLocalPort());
        } catch (SocketException e) {
            throw new SettingsProblem("--sip", "no free UDP port on " + host, "addresses given with --sip");
        }
    }

    /** Whether a program could listen there now; {@code host} is numeric. */
    static boolean tcpFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(host), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean udpFree(String host, int port) {
        try (var socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(address(host), port));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static InetAddress address(String numeric) {
        try {
            return InetAddress.getAllByName(numeric)[0];
        } catch (UnknownHostException e) {
            throw new SettingsProblem("--sip", numeric, "a numeric IP address");
        }
    }
}
