package org.sempervox.cluster.address;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.address.AddressMessages.Found;

/**
 * An Ethernet device and the addresses on it that carry this program's label. All others are looked at only. Used by one thread at a time.
 */
final class Device implements AutoCloseable {
    private static final String SUFFIX = ":svx";
    private static final short ETHERTYPE_ARP = 0x0806;
    private static final int HARDWARE_ADDRESS = 6;

    private final String name;
    private final KernelSocket addresses;
    private final KernelSocket packets;
    private int index;
    private byte[] mac = {};
    private int sequence;

    private Device(String name, KernelSocket addresses, KernelSocket packets) throws Unusable {
        this.name = name;
        this.addresses = addresses;
        this.packets = packets;
        refresh();
    }

    /** Throws {@link Unusable} if there is no such device or it cannot carry addresses that move. */
    static Device open(String name) throws Unusable {
        KernelSocket addresses = socket(KernelSocket.NETLINK, name);
        try {
            KernelSocket packets = socket(KernelSocket.PACKET, name);
            try {
                return new Device(name, addresses, packets);
            } catch (Unusable e) {
                packets.close();
                throw e;
            }
        } catch (Unusable e) {
            addresses.close();
            throw e;
        }
    }

    private static KernelSocket socket(int family, String name) throws Unusable {
        try {
            return KernelSocket.open(family);
        } catch (KernelSocket.Refused e) {
            String rights = e.error() == KernelSocket.EPERM ? Unusable.RIGHTS : "a kernel with packet sockets";
            throw new Unusable(name, String.valueOf(e.getMessage()), rights, e);
        }
    }

    /** Looks the device up: it may have gone and come. */
    void refresh() throws Unusable {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null) {
                throw new Unusable(name, "no such device", "the name of a network device of this machine");
            }
            byte[] hardware = found.getHardwareAddress();
            if (hardware == null || hardware.length != HARDWARE_ADDRESS) {
                throw new Unusable(name, "a device without a hardware address", "an Ethernet device");
            }
            if (!found.isUp()) {
                throw new Unusable(name, "a device that is down", "one that is up");
            }
            index = found.getIndex();
            mac = hardware;
        } catch (IOException e) {
            throw new Unusable(name, String.valueOf(e.getMessage()), "a network device that can be read", e);
        }
    }

    static String label(String device) {
        return device + SUFFIX;
    }

    /** All addresses of the machine. */
    List<Found> list() throws IOException {
        var found = new ArrayList<Found>();
        sequence++;
        ask(AddressMessages.list(sequence), found);
        return found;
    }

    /** Whether an address is this program's, on this device. */
    boolean own(Found address) {
        return address.device() == index && address.label().equals(label(name));
    }

    /** False if it is there already. */
    boolean add(Inet4Address host) throws IOException {
        sequence++;
        return change(AddressMessages.add(sequence, index, label(name), host), KernelSocket.EEXIST);
    }

    /** False if this program has none there. */
    boolean remove(Inet4Address host) throws IOException {
        sequence++;
        return change(AddressMessages.remove(sequence, index, label(name), host), KernelSocket.EADDRNOTAVAIL);
    }

    /** One announcement, to everybody on the network. */
    void announce(Inet4Address host) throws IOException {
        byte[] everybody = ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putShort((short) KernelSocket.PACKET)
                .put((byte) (ETHERTYPE_ARP >> 8))
                .put((byte) ETHERTYPE_ARP)
                .putInt(index)
                .putShort((short) 0)
                .put((byte) 0)
                .put((byte) HARDWARE_ADDRESS)
                .put(new byte[] {-1, -1, -1, -1, -1, -1, 0, 0})
                .array();
        for (byte[] frame : ArpPacket.announcement(mac, host)) {
            packets.send(frame, everybody);
        }
    }

    @Override
    public void close() {
        addresses.close();
        packets.close();
    }

    private boolean change(byte[] request, int unchanged) throws IOException {
        int error = ask(request, new ArrayList<>());
        if (error != 0 && error != unchanged) {
            throw new KernelSocket.Refused(name, error);
        }
        return error == 0;
    }

    private int ask(byte[] request, List<Found> found) throws IOException {
        addresses.send(request, new byte[0]);
        @Nullable Integer last = null;
        while (last == null) {
            byte[] answer = addresses.receive();
            last = AddressMessages.read(answer, answer.length, sequence, found);
        }
        return last;
    }
}
