package org.sempervox.chaos.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of one process since its start, user and system, from {@code /proc/PID/stat}.
 *
 * @param childrenMillis of its children that have ended and were waited for
 */
public record ProcessTime(long ownMillis, long childrenMillis) {
    /** The kernel shows ticks of USER_HZ, which is 100 for programs on every architecture of ours. */
    static final long MILLIS_PER_TICK = 10;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    /** A process that is gone is an IOException. */
    public static ProcessTime of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /** The name in parentheses may hold blanks and parentheses itself: fields are counted from the last one. */
    static ProcessTime parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return new ProcessTime(sum(fields, UTIME, STIME), sum(fields, CUTIME, CSTIME));
    }

    private static long sum(String[] fields, int one, int other) {
        return (Long.parseLong(fields[one]) + Long.parseLong(fields[other])) * MILLIS_PER_TICK;
    }
}
