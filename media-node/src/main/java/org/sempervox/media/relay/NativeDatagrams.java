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

    private final ByteBuffer address = ByteBuffer.allocateDirect(SocketAddresses.SPACE);
    private final ByteBuffer addressLength = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    private final long addressAt = MemorySegment.ofBuffer(address).address();
    private final long addressLengthAt = MemorySegment.ofBuffer(addressLength).address();
    private final Packet packet;

    NativeDatagrams(Packet packet) {
        this.packet = packet;
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
        addressLength.putInt(0, SocketAddresses.LONGEST);
        long length;
        try {
            length = (long) RECVFROM.invokeExact(
                    descriptor, packet.address, (long) Packet.CAPACITY, MSG_DONTWAIT, addressAt, addressLengthAt);
        } catch (Throwable bug) {
            throw new LinkageError("recvfrom", bug);
        }
        if (length < 0) {
            return false;
        }
        packet.length = (int) length;
        SocketAddresses.read(address, 0, packet);
        return true;
    }

    /** Sends the loop's packet; false if the kernel refused it for any reason. Never waits. */
    boolean send(int descriptor, Endpoint to) {
        int addressOctets = SocketAddresses.write(address, 0, to);
        try {
            return (long) SENDTO.invokeExact(
                            descriptor,
                            packet.address,
                            (long) packet.length,
                            MSG_DONTWAIT | MSG_NOSIGNAL,
                            addressAt,
                            addressOctets)
                    >= 0;
        } catch (Throwable bug) {
            throw new LinkageError("sendto", bug);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        // Neither call can block (MSG_DONTWAIT), so no change of the thread's state is needed around it.
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, Linker.Option.critical(false));
    }
}
