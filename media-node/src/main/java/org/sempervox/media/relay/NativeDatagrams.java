package org.sempervox.media.relay;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code recvfrom} and {@code sendto} of a 64-bit Linux without garbage: Netty's datagram channels make address objects of about 150 to
 * 200 octets for each packet of an unconnected socket, and ours must stay unconnected. One object per loop, used only on its thread.
 */
final class NativeDatagrams {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final short AF_INET = family(2);
    private static final short AF_INET6 = family(10);
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_LENGTH = 28;

    private static final MethodHandle RECVFROM = handle(
            "recvfrom",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle SENDTO = handle(
            "sendto",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT));

    private final ByteBuffer address = ByteBuffer.allocateDirect(32);
    private final ByteBuffer addressLength = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    private final long addressAt = MemorySegment.ofBuffer(address).address();
    private final long addressLengthAt = MemorySegment.ofBuffer(addressLength).address();
    private final Packet packet;
    private final long dataAt;

    NativeDatagrams(Packet packet) {
        this.packet = packet;
        this.dataAt = MemorySegment.ofBuffer(packet.data).address();
    }

    /** False where the C library has no such functions or native access is forbidden. */
    static boolean available() {
        try {
            return RECVFROM != null && SENDTO != null;
        } catch (LinkageError forbidden) {
            return false;
        }
    }

    /** Fills the loop's packet; false if there was none. Never waits. */
    boolean receive(int descriptor) {
        addressLength.putInt(0, IPV6_LENGTH);
        long length;
        try {
            length = (long) RECVFROM.invokeExact(
                    descriptor, dataAt, (long) Packet.CAPACITY, MSG_DONTWAIT, addressAt, addressLengthAt);
        } catch (Throwable bug) {
            throw new LinkageError("recvfrom", bug);
        }
        if (length < 0) {
            return false;
        }
        packet.length = (int) length;
        packet.sourcePort = address.getShort(2) & 0xFFFF;
        if (address.getShort(0) == AF_INET) {
            packet.sourceHigh = Endpoint.IPV4;
            packet.sourceLow = address.getInt(4) & 0xFFFF_FFFFL;
        } else {
            packet.sourceHigh = address.getLong(8);
            packet.sourceLow = address.getLong(16);
        }
        return true;
    }

    /** Sends the loop's packet; false if the kernel refused it for any reason. Never waits. */
    boolean send(int descriptor, Endpoint to) {
        boolean ipv4 = to.high() == Endpoint.IPV4;
        address.putShort(0, ipv4 ? AF_INET : AF_INET6);
        address.putShort(2, (short) to.port());
        if (ipv4) {
            address.putInt(4, (int) to.low());
            address.putLong(8, 0);
        } else {
            address.putInt(4, 0);
            address.putLong(8, to.high());
            address.putLong(16, to.low());
            address.putInt(24, 0);
        }
        try {
            return (long) SENDTO.invokeExact(
                            descriptor,
                            dataAt,
                            (long) packet.length,
                            MSG_DONTWAIT | MSG_NOSIGNAL,
                            addressAt,
                            ipv4 ? IPV4_LENGTH : IPV6_LENGTH)
                    >= 0;
        } catch (Throwable bug) {
            throw new LinkageError("sendto", bug);
        }
    }

    private static short family(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? (short) number : Short.reverseBytes((short) number);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        // Neither call can block (MSG_DONTWAIT), so no change of the thread's state is needed around it.
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, Linker.Option.critical(false));
    }
}
