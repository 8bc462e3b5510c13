package org.sempervox.cluster.address;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** A socket of a family that Java does not have. Used by one thread at a time. */
final class KernelSocket implements AutoCloseable {
    static final int NETLINK = 16;
    static final int PACKET = 17;

    static final int EPERM = 1;
    private static final int EINTR = 4;
    static final int EEXIST = 17;
    static final int EADDRNOTAVAIL = 99;

    private static final int RAW_CLOSED_ON_EXEC = 3 | 0x80000;
    private static final int BUFFER = 64 * 1024;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT = STATE.byteOffset(StructLayout.PathElement.groupElement("errno"));
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(INT, INT, INT, INT), ERRNO);
    private static final MethodHandle SEND_TO =
            handle("sendto", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT, LONG, INT), ERRNO);
    private static final MethodHandle RECEIVE =
            handle("recv", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT), ERRNO);
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));

    /** The kernel has refused a call. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int error;

        Refused(String call, int error) {
            super(call + ": " + (error == EPERM ? "not permitted" : "error " + error));
            this.error = error;
        }

        /** As in errno(3). */
        int error() {
            return error;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment buffer = arena.allocate(BUFFER);
    private final MemorySegment address = arena.allocate(64);
    private final int descriptor;

    private KernelSocket(int family) throws Refused {
        try {
            descriptor = (int) SOCKET.invokeExact(state, family, RAW_CLOSED_ON_EXEC, 0);
        } catch (Throwable bug) {
            throw new LinkageError("socket", bug);
        }
        if (descriptor < 0) {
            int error = errno();
            arena.close();
            throw new Refused("socket", error);
        }
    }

    /** A raw socket that receives nothing but answers. */
    static KernelSocket open(int family) throws Refused {
        return new KernelSocket(family);
    }

    /** {@code to}: a socket address of the family; empty for the kernel. */
    void send(byte[] data, byte[] to) throws Refused {
        MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
        MemorySegment.copy(to, 0, address, ValueLayout.JAVA_BYTE, 0, to.length);
        long sent;
        try {
            sent = (long) SEND_TO.invokeExact(
                    state,
                    descriptor,
                    buffer.address(),
                    (long) data.length,
                    0,
                    to.length == 0 ? 0L : address.address(),
                    to.length);
        } catch (Throwable bug) {
            throw new LinkageError("sendto", bug);
        }
        if (sent < 0) {
            throw new Refused("sendto", errno());
        }
    }

    /** What has come; waits for it. Nothing if the waiting was interrupted by a signal: ask again. */
    byte[] receive() throws Refused {
        long length;
        try {
            length = (long) RECEIVE.invokeExact(state, descriptor, buffer.address(), (long) BUFFER, 0);
        } catch (Throwable bug) {
            throw new LinkageError("recv", bug);
        }
        if (length < 0) {
            if (errno() == EINTR) {
                return new byte[0];
            }
            throw new Refused("recv", errno());
        }
        return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable bug) {
            throw new LinkageError("close", bug);
        }
        arena.close();
    }

    private int errno() {
        return state.get(INT, ERRNO_AT);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), shape, Arrays.copyOf(options, options.length));
    }
}
