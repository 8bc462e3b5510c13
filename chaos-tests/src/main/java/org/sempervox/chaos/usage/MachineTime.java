package org.sempervox.chaos.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of the whole machine since its start, all cores together, without idling and waiting for disks. */
public record MachineTime(long busyMillis) {
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    /** Guests' time is in user time already. */
    private static final int GUEST = 9;

    public static MachineTime now() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return parse(lines.findFirst().orElseThrow(() -> new IOException("/proc/stat is empty")));
        }
    }

    /** {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
    static MachineTime parse(String line) {
        String[] fields = line.strip().split(" +", -1);
        long ticks = 0;
        for (int i = 1; i < Math.min(GUEST, fields.length); i++) {
            if (i != IDLE && i != IOWAIT) {
                ticks += Long.parseLong(fields[i]);
            }
        }
        return new MachineTime(ticks * ProcessTime.MILLIS_PER_TICK);
    }
}
