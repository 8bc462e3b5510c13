package org.sempervox.media.relay;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The system calls of io_uring(7), which the C library does not name, and those beside it. All give the kernel's result, negative numbers
 * being errors. One object per thread and time, except {@link #signal} and {@link #close}.
 */
final class UringCalls {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    static final int EBADR = 53;
    static final int ETIME = 62;
    static final int ENOBUFS = 105;

    private static final long SETUP = 425;
    private static final long ENTER = 426;
    private static final long REGISTER = 427;
    private static final int READ_AND_WRITE = 3;
    private static final int SHARED_AND_POPULATED = 0x8001;
    /** Not non-blocking: a ring would not wait for it. */
    private static final int CLOSED_ON_EXEC = 0x80000;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT = STATE.byteOffset(StructLayout.PathElement.groupElement("errno"));
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle SYSCALL = handle(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG),
            Linker.Option.firstVariadicArg(1),
            ERRNO);
    private static final MethodHandle MMAP =
            handle("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG), ERRNO);
    private static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle EVENTFD = handle("eventfd", FunctionDescriptor.of(INT, INT, INT), ERRNO);
    private static final MethodHandle WRITE = handle("write", FunctionDescriptor.of(LONG, INT, LONG, LONG));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
    private static final MemorySegment ONE = Arena.global().allocateFrom(LONG, 1);

    private final MemorySegment state = Arena.ofAuto().allocate(STATE);

    /** A new ring's descriptor; {@code parameters} is read and written. */
    int setup(int entries, MemorySegment parameters) {
        return (int) syscall(SETUP, entries, parameters.address(), 0, 0, 0, 0);
    }

    /** Submits and waits; may block. */
    int enter(int ring, int submitted, int wanted, int flags, long argument, long argumentOctets) {
        return (int) syscall(ENTER, ring, submitted, wanted, flags, argument, argumentOctets);
    }

    int register(int ring, int operation, long argument, int count) {
        return (int) syscall(REGISTER, ring, operation, argument, count, 0, 0);
    }

    /** Address of shared memory of a ring. */
    long map(int ring, long offset, long octets) {
        try {
            long address =
                    (long) MMAP.invokeExact(state, 0L, octets, READ_AND_WRITE, SHARED_AND_POPULATED, ring, offset);
            return address == -1 ? -errno() : address;
        } catch (Throwable bug) {
            throw new LinkageError("mmap", bug);
        }
    }

    void unmap(long address, long octets) {
        try {
            int _ = (int) MUNMAP.invokeExact(address, octets);
        } catch (Throwable bug) {
            throw new LinkageError("munmap", bug);
        }
    }

    /** Descriptor of a counter that one thread waits for and others raise. */
    int counter() {
        try {
            int descriptor = (int) EVENTFD.invokeExact(state, 0, CLOSED_ON_EXEC);
            return descriptor < 0 ? -errno() : descriptor;
        } catch (Throwable bug) {
            throw new LinkageError("eventfd", bug);
        }
    }

    /** Raises a counter; any thread. */
    static void signal(int counter) {
        try {
            // Cannot fail, and waits only above 2^64 - 2.
            long _ = (long) WRITE.invokeExact(counter, ONE.address(), 8L);
        } catch (Throwable bug) {
            throw new LinkageError("write", bug);
        }
    }

    /** Gives a descriptor back. */
    static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable bug) {
            throw new LinkageError("close", bug);
        }
    }

    private long syscall(long number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
            return result < 0 ? -errno() : result;
        } catch (Throwable bug) {
            throw new LinkageError("syscall " + number, bug);
        }
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
