package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.core.media.MediaLease;
import org.sempervox.media.relay.RelayTransport.Binding;

/** S21: nothing is sent while the fence is closed. */
@Timeout(30)
class RelayFenceTest {
    private volatile boolean open = true;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aClosedFenceMakesTheRelaySilent(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            rig.fenceOpen = false;
            caller.say(1, lease.callerPort());
            while (Objects.requireNonNull(rig.engine.drops().get(DropReason.FENCED)) < 1) {
                rig.settle();
            }
            rig.fenceOpen = true;
            caller.say(2, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(2);
        }
    }

    /** S21: as if the process had been frozen between the moment it queued a packet and the system call that sends it. */
    @Test
    void whatWasQueuedBeforeTheFenceClosedIsNotSentAfterwards() throws Exception {
        assumeTrue(UringTransport.available());
        int port = Rig.lease().callerPort();
        var first = new CountDownLatch(1);
        try (var transport = new UringTransport(1, () -> new Round(System::nanoTime, () -> open));
                var sender = new Phone(Rig.HOST);
                var receiver = new Phone(Rig.HOST)) {
            RelaySocket socket =
                    transport.bind(new InetSocketAddress(InetAddress.ofLiteral(Rig.HOST), port), Binding.EXCLUSIVE);
            Endpoint to = Endpoint.of(receiver.peer().host(), receiver.peer().rtpPort());
            RelayLoop loop = transport.loops().getFirst();
            loop.execute(() -> loop.attach(socket, packet -> {
                socket.send(packet, to);
                if (first.getCount() > 0) {
                    open = false;
                    first.countDown();
                }
            }));
            sender.say(1, port);
            assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
            var handedOver = new CountDownLatch(1);
            loop.execute(handedOver::countDown);
            assertThat(handedOver.await(5, TimeUnit.SECONDS)).isTrue();
            open = true;
            sender.say(2, port);
            assertThat(receiver.hear()).isEqualTo(2);
        }
    }
}
