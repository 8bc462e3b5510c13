package org.sempervox.cluster.membership;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;

/**
 * CLOCK_BOOTTIME: like the monotonic clock, but it runs on while the machine is suspended, and steps of the wall clock do not show in
 * it. Where the system has none, the monotonic clock stands in. Used by one thread.
 */
final class BootClock implements LongSupplier {
    private static final int CLOCK_BOOTTIME = 7;

    private final MethodHandle clockGettime;
    private final MemorySegment timespec;

    private BootClock(MethodHandle clockGettime, MemorySegment timespec) {
        this.clockGettime = clockGettime;
        this.timespec = timespec;
    }

    @SuppressWarnings("restricted")
    static LongSupplier open() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return System::nanoTime;
        }
        Linker linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find("clock_gettime");
        if (symbol.isEmpty()) {
            return System::nanoTime;
        }
        MethodHandle handle = linker.downcallHandle(
                symbol.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        return new BootClock(handle, Arena.global().allocate(16, 8));
    }

    @Override
    public long getAsLong() {
        try {
            int result = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, timespec);
            if (result != 0) {
                throw new IllegalStateException("clock_gettime(CLOCK_BOOTTIME) failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime(CLOCK_BOOTTIME) failed", e);
        }
        return timespec.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + timespec.get(ValueLayout.JAVA_LONG, 8);
    }
}
