package org.sempervox.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.sempervox.cluster.settings.MemberSettings;

/** Ports for nodes of tests; not of those that the kernel gives to whoever connects, so that they stay free. */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int RANGE = 4_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 7 % RANGE));

    private FreePorts() {}

    /** The first of so many cluster ports in a row that are free, their liveness ports too; another one each time. */
    public static int row(int count) {
        while (true) {
            int first = FIRST + Math.floorMod(NEXT.getAndAdd(count), RANGE);
            boolean free = true;
            for (int port = first; port < first + count; port++) {
                free &= free(port) && free(port + MemberSettings.LIVENESS_OFFSET);
            }
            if (free) {
                return first;
            }
        }
    }

    /** Whether it could be listened on now. */
    public static boolean free(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
