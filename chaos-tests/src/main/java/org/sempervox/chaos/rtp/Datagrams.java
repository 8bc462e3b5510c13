package org.sempervox.chaos.rtp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * The sockets of a 64-bit Linux without the layers between: connected UDP sockets whose datagrams the kernel stamps with the time of their
 * arrival, so that it does not matter when they are read. None of the calls waits.
 */
final class Datagrams {
    static final int SIZE = 172;
    static final int BATCH = 8;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_DONTWAIT_NOSIGNAL = MSG_DONTWAIT | 0x4000;
    private static final int MESSAGE_HEADER = 64;
    private static final int CONTROL = 64;
    private static final int CONTROL_HEADER = 16;
    private static final long SECOND = 1_000_000_000L;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle SOCKET = handle("socket", INT, INT, INT, INT);
    private static final MethodHandle BIND = handle("bind", INT, INT, LONG, INT);
    private static final MethodHandle CONNECT = handle("connect", INT, INT, LONG, INT);
    private static final MethodHandle SETSOCKOPT = handle("setsockopt", INT, INT, INT, INT, LONG, INT);
    private static final MethodHandle SEND = handle("send", LONG, INT, LONG, LONG, INT);
    private static final MethodHandle RECVMMSG = handle("recvmmsg", INT, INT, LONG, INT, INT, LONG);
    private static final MethodHandle CLOCK_GETTIME = handle("clock_gettime", INT, INT, LONG);

    private final MemorySegment scratch;
    private final MemorySegment outgoing;
    private final MemorySegment headers;
    private final MemorySegment controls;
    private final MemorySegment incoming;

    Datagrams(Arena arena) {
        scratch = arena.allocate(64, 8);
        outgoing = arena.allocate(SIZE, 8);
        headers = arena.allocate((long) MESSAGE_HEADER * BATCH, 8);
        controls = arena.allocate((long) CONTROL * BATCH, 8);
        incoming = arena.allocate((long) SIZE * BATCH, 8);
        MemorySegment vectors = arena.allocate(16L * BATCH, 8);
        for (int i = 0; i < BATCH; i++) {
            vectors.set(LONG, 16L * i, incoming.address() + (long) SIZE * i);
            vectors.set(LONG, 16L * i + 8, SIZE);
            // struct msghdr: name, namelen, iov, iovlen, control, controllen, flags; then mmsghdr's length.
            headers.set(LONG, header(i) + 16, vectors.address() + 16L * i);
            headers.set(LONG, header(i) + 24, 1);
            headers.set(LONG, header(i) + 32, controls.address() + (long) CONTROL * i);
        }
    }

    /** The datagram that {@link #send} sends. */
    MemorySegment outgoing() {
        return outgoing;
    }

    /** The datagrams that {@link #receive} has read, {@link #SIZE} octets apart. */
    MemorySegment incoming() {
        return incoming;
    }

    /** A new socket that talks with one peer only. */
    int open(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        try {
            int socket = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_NONBLOCK, 0);
            if (socket < 0) {
                throw new IOException("no more sockets: raise the limit of open files (ulimit -n)");
            }
            address(local);
            if ((int) BIND.invokeExact(socket, scratch.address(), 16) != 0) {
                throw new IOException("cannot bind " + local);
            }
            address(remote);
            if ((int) CONNECT.invokeExact(socket, scratch.address(), 16) != 0) {
                throw new IOException("cannot connect " + local + " to " + remote);
            }
            scratch.set(INT, 0, 1);
            if ((int) SETSOCKOPT.invokeExact(socket, SOL_SOCKET, SO_TIMESTAMPNS, scratch.address(), 4) != 0) {
                throw new IOException("this kernel does not stamp datagrams (SO_TIMESTAMPNS)");
            }
            return socket;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable bug) {
            throw new LinkageError("socket", bug);
        }
    }

    /** False if the kernel refused it. */
    boolean send(int socket) {
        try {
            return (long) SEND.invokeExact(socket, outgoing.address(), (long) SIZE, MSG_DONTWAIT_NOSIGNAL) == SIZE;
        } catch (Throwable bug) {
            throw new LinkageError("send", bug);
        }
    }

    /** Number of datagrams read, up to {@link #BATCH}. */
    int receive(int socket) {
        for (int i = 0; i < BATCH; i++) {
            headers.set(LONG, header(i) + 40, CONTROL);
        }
        try {
            return Math.max(0, (int) RECVMMSG.invokeExact(socket, headers.address(), BATCH, MSG_DONTWAIT, 0L));
        } catch (Throwable bug) {
            throw new LinkageError("recvmmsg", bug);
        }
    }

    /** When the kernel got one of them, as {@link #now} counts; 0 if it did not say. */
    long arrival(int index) {
        long control = (long) CONTROL * index;
        if (headers.get(LONG, header(index) + 40) < CONTROL_HEADER + 16
                || controls.get(INT, control + 8) != SOL_SOCKET
                || controls.get(INT, control + 12) != SO_TIMESTAMPNS) {
            return 0;
        }
        return controls.get(LONG, control + CONTROL_HEADER) * SECOND + controls.get(LONG, control + CONTROL_HEADER + 8);
    }

    /** Octets of one of them. */
    int length(int index) {
        return headers.get(INT, header(index) + 56);
    }

    /** Nanoseconds of the wall clock, which is the one the kernel stamps with. */
    long now() {
        try {
            if ((int) CLOCK_GETTIME.invokeExact(0, scratch.address()) != 0) {
                throw new IllegalStateException("clock_gettime");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable bug) {
            throw new LinkageError("clock_gettime", bug);
        }
        return scratch.get(LONG, 0) * SECOND + scratch.get(LONG, 8);
    }

    private static long header(int index) {
        return (long) MESSAGE_HEADER * index;
    }

    private void address(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        scratch.fill((byte) 0);
        scratch.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        scratch.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) address.getPort());
        MemorySegment.copy(host.getAddress(), 0, scratch, ValueLayout.JAVA_BYTE, 4, 4);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                Linker.Option.critical(false));
    }
}
