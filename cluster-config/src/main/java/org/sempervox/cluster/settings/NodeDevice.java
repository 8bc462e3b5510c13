package org.sempervox.cluster.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.address.Claims;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;

/** {@code device} of a node, and what must hold for service addresses that move between machines. Looks at no device: the start does. */
final class NodeDevice {
    /** Device names have 15 characters at most; the addresses on it are labelled {@code NAME:svx}, which must fit as well. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,10}";

    private NodeDevice() {}

    static Optional<String> read(Section root, Section own, AddressPlan plan) {
        Optional<String> device = own.optionalText("device");
        device.ifPresent(name -> {
            if (!name.matches(NAME)) {
                throw new SettingsProblem(
                        own.at("device"), name, "the name of a network device: 1 to 11 letters, digits, _ . or -");
            }
            addressesCanMove(root, plan);
            hostsStay(root, own, plan);
            aloneOnItsMachine(root, own);
        });
        return device;
    }

    private static void addressesCanMove(Section root, AddressPlan plan) {
        Map<InetAddress, String> homes = new TreeMap<>(java.util.Comparator.comparing(InetAddress::getHostAddress));
        for (ServiceAddress address : plan.addresses()) {
            String path = root.at("addresses") + "[" + address.index() + "].";
            if (!(literal(address.host()) instanceof Inet4Address host)) {
                throw new SettingsProblem(
                        path + "host", address.host(), "an IPv4 address, as a node has a device: IPv6 cannot move yet");
            }
            if (host.isLoopbackAddress() || host.isMulticastAddress() || host.isAnyLocalAddress()) {
                throw new SettingsProblem(
                        path + "host", address.host(), "an address of the network, as a node has a device");
            }
            String home = homes.putIfAbsent(host, address.home());
            if (home != null && !home.equals(address.home())) {
                throw new SettingsProblem(
                        path + "home", address.home(), home + ", the home of the other port of " + address.host());
            }
        }
        if (homes.size() > Claims.MOST) {
            throw new SettingsProblem(
                    root.at("addresses"),
                    homes.size() + " hosts",
                    "at most " + Claims.MOST + ", as a node has a device");
        }
    }

    /** A node that loses a service address must not lose its own: the others would take "refused" there for its death. */
    private static void hostsStay(Section root, Section own, AddressPlan plan) {
        refuseService(own.at("host"), own.text("host"), plan);
        for (String seed : root.texts("seeds")) {
            refuseService(root.at("seeds"), seed.substring(0, seed.lastIndexOf(':')), plan);
        }
        if (root.has("nodes")) {
            Section nodes = root.section("nodes");
            for (String name : nodes.config().root().keySet()) {
                Section other = nodes.section(name);
                other.optionalText("host").ifPresent(host -> refuseService(other.at("host"), host, plan));
            }
        }
    }

    private static void refuseService(String path, String host, AddressPlan plan) {
        InetAddress of = literal(host.replaceAll("[\\[\\]]", ""));
        for (ServiceAddress address : plan.addresses()) {
            if (of != null && of.equals(literal(address.host()))) {
                throw new SettingsProblem(
                        path, host, "an address that stays on its machine: as a service address, it moves");
            }
        }
    }

    /** Two nodes would take each other's addresses off their device. */
    private static void aloneOnItsMachine(Section root, Section own) {
        if (!root.has("nodes")) {
            return;
        }
        Section nodes = root.section("nodes");
        for (String name : nodes.config().root().keySet()) {
            Section other = nodes.section(name);
            if (!other.path().equals(own.path())
                    && other.has("device")
                    && other.optionalText("host").equals(own.optionalText("host"))) {
                throw new SettingsProblem(
                        own.at("device"),
                        own.text("device"),
                        "one node with a device on the machine " + own.text("host") + "; " + name + " has one too");
            }
        }
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException notNumeric) {
            return null;
        }
    }
}
