package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.core.media.MediaLease;
import org.sempervox.media.relay.RelayTransport.Binding;

/** The RTP path makes no garbage (architecture §5): octets that the loop's thread allocates per packet. */
@Timeout(60)
class AllocationTest {
    private static final int PACKETS = 20_000;
    private static final int AT_ONCE = 8;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void theLoopAllocatesNextToNothingPerPacket(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            talk(caller, callee, lease);
            long before = allocated(rig);
            talk(caller, callee, lease);
            long perPacket = (allocated(rig) - before) / PACKETS;
            System.out.println("allocated on the loop, " + transport + ": " + perPacket + " B/packet");
            assertThat(perPacket).isLessThanOrEqualTo(64);
        }
    }

    private static void talk(Phone caller, Phone callee, MediaLease lease) {
        for (int i = 0; i < PACKETS; i += AT_ONCE) {
            for (int j = 0; j < AT_ONCE; j++) {
                caller.say(i + j, lease.callerPort());
            }
            for (int j = 0; j < AT_ONCE; j++) {
                callee.hear();
            }
        }
    }

    private static long allocated(Rig rig) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var octets = new CompletableFuture<Long>();
        rig.transport.loops().getFirst().execute(() -> octets.complete(threads.getCurrentThreadAllocatedBytes()));
        return octets.get(5, TimeUnit.SECONDS);
    }
}
