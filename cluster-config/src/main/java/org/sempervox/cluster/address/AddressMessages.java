package org.sempervox.cluster.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** IPv4 addresses of devices in rtnetlink(7) messages, in the order of octets of this machine. */
final class AddressMessages {
    static final short ERROR = 2;
    static final short DONE = 3;
    private static final short NEW = 20;
    private static final short DELETE = 21;
    private static final short GET = 22;

    private static final short REQUEST = 0x1;
    private static final short ACKNOWLEDGE = 0x4;
    private static final short EXCLUSIVE = 0x200;
    private static final short DUMP = 0x300;
    private static final short CREATE = 0x400;

    private static final short ADDRESS = 1;
    private static final short LOCAL = 2;
    private static final short LABEL = 3;

    private static final byte AF_INET = 2;
    private static final int HEADER = 16;
    private static final int BODY = 8;
    private static final int WHOLE = 32;

    /** An address of a device. */
    record Found(int device, Inet4Address host, int prefix, String label) {}

    private AddressMessages() {}

    /** Fails with EEXIST if the device has it. */
    static byte[] add(int sequence, int device, String label, Inet4Address host) {
        return request(NEW, (short) (REQUEST | ACKNOWLEDGE | CREATE | EXCLUSIVE), sequence, device, label, host);
    }

    /** The kernel removes only an address with that label; fails with EADDRNOTAVAIL if there is none. */
    static byte[] remove(int sequence, int device, String label, Inet4Address host) {
        return request(DELETE, (short) (REQUEST | ACKNOWLEDGE), sequence, device, label, host);
    }

    /** All addresses of all devices. */
    static byte[] list(int sequence) {
        ByteBuffer message = ByteBuffer.allocate(HEADER + BODY).order(ByteOrder.nativeOrder());
        header(message, GET, (short) (REQUEST | DUMP), sequence);
        return message.put(AF_INET).array();
    }

    private static byte[] request(short type, short flags, int sequence, int device, String label, Inet4Address host) {
        byte[] name = (label + "\0").getBytes(StandardCharsets.US_ASCII);
        int length = HEADER + BODY + 8 + 8 + aligned(4 + name.length);
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        header(message, type, flags, sequence);
        message.put(AF_INET).put((byte) WHOLE).put((byte) 0).put((byte) 0).putInt(device);
        attribute(message, LOCAL, host.getAddress());
        attribute(message, ADDRESS, host.getAddress());
        attribute(message, LABEL, name);
        return message.array();
    }

    private static void header(ByteBuffer message, short type, short flags, int sequence) {
        message.putInt(message.capacity())
                .putShort(type)
                .putShort(flags)
                .putInt(sequence)
                .putInt(0);
    }

    private static void attribute(ByteBuffer message, short type, byte[] value) {
        int start = message.position();
        message.putShort((short) (4 + value.length)).putShort(type).put(value);
        message.position(start + aligned(4 + value.length));
    }

    /**
     * Reads what the kernel has sent in one piece: its addresses are added to {@code found}.
     *
     * @return null if more is to come; else the kernel's last word: 0, or a positive error number
     */
    static @org.jspecify.annotations.Nullable Integer read(byte[] data, int length, int sequence, List<Found> found) {
        ByteBuffer all = ByteBuffer.wrap(data, 0, length).order(ByteOrder.nativeOrder());
        int at = 0;
        while (length - at >= HEADER) {
            int size = all.getInt(at);
            short type = all.getShort(at + 4);
            if (size < HEADER || size > length - at) {
                throw new IllegalStateException("netlink message of " + size + " octets");
            }
            if (all.getInt(at + 8) == sequence) {
                switch (type) {
                    case ERROR -> {
                        return -all.getInt(at + HEADER);
                    }
                    case DONE -> {
                        return 0;
                    }
                    case NEW -> found.addAll(address(all, at + HEADER, at + size));
                    default -> {
                        // nothing that was asked for
                    }
                }
            }
            at += aligned(size);
        }
        return null;
    }

    private static List<Found> address(ByteBuffer all, int from, int to) {
        var found = new ArrayList<Found>();
        int prefix = all.get(from + 1) & 0xff;
        int device = all.getInt(from + 4);
        Inet4Address host = null;
        String label = "";
        int at = from + BODY;
        while (to - at >= 4) {
            int size = all.getShort(at) & 0xffff;
            if (size < 4) {
                break;
            }
            byte[] value = new byte[size - 4];
            all.get(at + 4, value);
            switch (all.getShort(at + 2)) {
                case LOCAL -> host = host(value);
                case LABEL -> label = new String(value, 0, value.length - 1, StandardCharsets.US_ASCII);
                default -> {
                    // of no interest here
                }
            }
            at += aligned(size);
        }
        if (host != null) {
            found.add(new Found(device, host, prefix, label));
        }
        return found;
    }

    private static Inet4Address host(byte[] octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("address of " + octets.length + " octets", e);
        }
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
