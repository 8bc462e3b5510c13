package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayTransport.Binding;

/** The same suite on each transport. */
@Timeout(30)
class RelayEngineTest {
    private static final RtpPeer ELSEWHERE = new RtpPeer("127.0.0.1", 9, 10);

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void audioGoesBothWaysUnchangedFromTheLeasedPorts(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            byte[] packet = Phone.rtp(65535, 7);
            caller.sayRaw(packet, lease.callerPort());
            assertThat(callee.hearRaw()).isEqualTo(packet);
            callee.say(8, lease.calleePort());
            assertThat(caller.hearFrom()).isEqualTo(lease.callerPort());
            caller.say(9, lease.callerPort());
            assertThat(callee.hearFrom()).isEqualTo(lease.calleePort());
            SessionStatistics statistics = rig.end(key);
            assertThat(statistics.caller().packets()).isEqualTo(2);
            assertThat(statistics.caller().octets()).isEqualTo(344);
            assertThat(statistics.callee().packets()).isEqualTo(1);
            assertThat(rig.engine.relayed()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aSourceOtherThanTheSdpIsLearnedFromTwoPacketsAndThenLocked(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var natted = new Phone(Rig.HOST);
                var foreigner = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, ELSEWHERE, callee.peer());
            natted.say(1, lease.callerPort());
            foreigner.say(2, lease.callerPort());
            natted.say(3, lease.callerPort());
            natted.say(4, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(4);
            callee.say(5, lease.calleePort());
            assertThat(natted.hear()).isEqualTo(5);
            foreigner.say(6, lease.callerPort());
            foreigner.say(7, lease.callerPort());
            natted.say(8, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(8);
            assertThat(rig.end(key).caller().refused()).isEqualTo(2);
            assertThat(rig.engine.drops())
                    .containsEntry(DropReason.FOREIGN_SOURCE, 2L)
                    .containsEntry(DropReason.LEARNING, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aNewSourceIsLearnedAfterMoreThanOneSecondOfSilence(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var before = new Phone(Rig.HOST);
                var after = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, before.peer(), callee.peer());
            before.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            rig.pass(Duration.ofMillis(1001));
            after.say(2, lease.callerPort());
            after.say(3, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(3);
            callee.say(4, lease.calleePort());
            assertThat(after.hear()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aPlanWithAnotherRemoteMovesTheSideAtOnce(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var before = new Phone(Rig.HOST);
                var after = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, before.peer(), callee.peer());
            before.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            rig.apply(key, lease, after.peer(), callee.peer());
            callee.say(2, lease.calleePort());
            assertThat(after.hear()).isEqualTo(2);
            before.say(3, lease.callerPort());
            before.say(4, lease.callerPort());
            after.say(5, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void nothingIsSentToASideWhoseAddressIsUnknown(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), null);
            caller.say(1, lease.callerPort());
            callee.say(2, lease.calleePort());
            callee.say(3, lease.calleePort());
            assertThat(caller.hear()).isEqualTo(3);
            rig.apply(key, lease, caller.peer(), callee.peer());
            caller.say(4, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(4);
            assertThat(rig.engine.drops()).containsEntry(DropReason.NO_DESTINATION, 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void whatIsNotRtpIsRefused(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            caller.sayRaw(new byte[0], lease.callerPort());
            caller.sayRaw(new byte[172], lease.callerPort());
            caller.sayRaw(new byte[] {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0}, lease.callerPort());
            caller.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            assertThat(rig.end(key).caller().refused()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void rtcpGoesBetweenTheRtcpPorts(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            caller.report(1, lease.callerPort() + 1);
            assertThat(callee.hearControl()).isEqualTo(Phone.receiverReport(1));
            callee.report(2, lease.calleePort() + 1);
            assertThat(caller.hearControl()).isEqualTo(Phone.receiverReport(2));
            assertThat(rig.end(key).caller().packets()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void rtcpOnTheRtpPortReachesTheOtherSideWhereItWantsIt(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var muxing = new Phone(Rig.HOST);
                var plain = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, muxing.muxedPeer(), plain.peer());
            muxing.sayRaw(Phone.receiverReport(1), lease.callerPort());
            assertThat(plain.hearControl()).isEqualTo(Phone.receiverReport(1));
            plain.report(2, lease.calleePort() + 1);
            assertThat(muxing.hearRaw()).isEqualTo(Phone.receiverReport(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void silenceIsReportedOncePerSilence(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), callee.peer());
            rig.pass(Duration.ofSeconds(59));
            caller.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            rig.pass(Duration.ofSeconds(61));
            assertThat(rig.silences.poll(5, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(61));
            caller.say(2, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(2);
            rig.pass(Duration.ofSeconds(60));
            assertThat(rig.silences.poll(5, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(60));
            assertThat(rig.silences).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void theLastBinderHasThePacketsAndTheFirstGetsThemBack(String transport) throws Exception {
        try (var old = new Rig(transport);
                var young = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = old.open("a", lease, Binding.EXCLUSIVE);
            old.apply(key, lease, caller.peer(), callee.peer());
            caller.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);

            young.open("a", lease, Binding.SHARED);
            young.apply(key, lease, caller.peer(), callee.peer());
            for (int mark = 2; mark < 50; mark++) {
                caller.say(mark, lease.callerPort());
                assertThat(callee.hear()).isEqualTo(mark);
            }
            old.settle();
            young.settle();
            assertThat(old.engine.relayed()).isEqualTo(1);
            assertThat(young.engine.relayed()).isEqualTo(48);

            assertThat(old.engine.reopen(key, lease)).isEqualTo(RelayEngine.Opening.OPENED);
            old.settle();
            caller.say(50, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(50);
            old.settle();
            assertThat(old.engine.relayed()).isEqualTo(2);
            old.end(key);
            // A selector gives a closed channel's port back with its next select: a packet or two may still go there.
            int mark = 51;
            do {
                caller.say(mark++, lease.callerPort());
            } while (!callee.hearsWithin(200));
            young.settle();
            assertThat(young.engine.relayed()).isEqualTo(49);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aFreshLeaseDoesNotTakeAPortOfAnotherProgram(String transport) throws Exception {
        MediaLease lease = Rig.lease();
        var key = new RelayKey("a", 0);
        try (var rig = new Rig(transport);
                var otherEngine = new Rig("nio")) {
            try (var other = new DatagramSocket(
                    new InetSocketAddress(InetAddress.ofLiteral(Rig.HOST), lease.calleePort() + 1))) {
                assertThat(other.isBound()).isTrue();
                assertThat(rig.engine.open(key, lease, Binding.EXCLUSIVE)).isEqualTo(RelayEngine.Opening.CALLEE_BUSY);
            }
            otherEngine.open("b", lease, Binding.EXCLUSIVE);
            assertThat(rig.engine.open(key, lease, Binding.EXCLUSIVE)).isEqualTo(RelayEngine.Opening.CALLER_BUSY);
            assertThat(rig.engine.open(key, lease, Binding.SHARED)).isEqualTo(RelayEngine.Opening.OPENED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aPacketThatTheKernelRefusesCountsAsNotSent(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            RelayKey key = rig.open("a", lease, Binding.EXCLUSIVE);
            rig.apply(key, lease, caller.peer(), new RtpPeer("255.255.255.255", 9, 10));
            caller.say(1, lease.callerPort());
            while (Objects.requireNonNull(rig.engine.drops().get(DropReason.SEND_FAILED)) < 1) {
                rig.settle();
            }
            assertThat(rig.engine.relayed()).isZero();
            rig.apply(key, lease, caller.peer(), callee.peer());
            caller.say(2, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(2);
            assertThat(rig.engine.drops()).containsEntry(DropReason.SEND_FAILED, 1L);
        }
    }

    /** Not with a selector: that gives a port back with its next select. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void thePortsOfAClosedSessionAreFreeAtOnce(String transport) throws Exception {
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            MediaLease lease = Rig.lease();
            for (int round = 0; round < 50; round++) {
                RelayKey key = rig.open("a" + round, lease, Binding.EXCLUSIVE);
                rig.apply(key, lease, caller.peer(), callee.peer());
                caller.say(round, lease.callerPort());
                assertThat(callee.hear()).isEqualTo(round);
                caller.say(-1, lease.callerPort());
                callee.report(-1, lease.calleePort() + 1);
                rig.end(key);
                try (var other = new DatagramSocket(
                        new InetSocketAddress(InetAddress.ofLiteral(Rig.HOST), lease.callerPort()))) {
                    assertThat(other.isBound()).isTrue();
                }
                while (callee.hearsWithin(1)) {
                    // The last packet may have been relayed before the end.
                }
            }
        }
    }

    /** More packets than a loop has buffers. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void whatCameWhileTheLoopStoodStillIsRelayed(String transport) throws Exception {
        int sessions = 25;
        int each = 100;
        try (var rig = new Rig(transport);
                var caller = new Phone(Rig.HOST);
                var callee = new Phone(Rig.HOST)) {
            List<MediaLease> leases = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                MediaLease lease = Rig.lease();
                leases.add(lease);
                rig.apply(rig.open("a" + i, lease, Binding.EXCLUSIVE), lease, caller.peer(), callee.peer());
            }
            for (int standstill = 1; standstill <= 2; standstill++) {
                var moving = new CountDownLatch(1);
                rig.transport.loops().getFirst().execute(() -> {
                    try {
                        moving.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
                for (MediaLease lease : leases) {
                    for (int i = 0; i < each; i++) {
                        caller.say(i, lease.callerPort());
                        callee.say(i, lease.calleePort());
                    }
                }
                moving.countDown();
                while (rig.engine.relayed() < 2L * standstill * sessions * each) {
                    rig.settle();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void ipv6WorksToo(String transport) throws Exception {
        try (var probe = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException none) {
            Assumptions.abort("no IPv6 here");
        }
        try (var rig = new Rig(transport);
                var caller = new Phone("::1");
                var callee = new Phone("::1")) {
            MediaLease lease = Rig.lease("::1");
            RelayKey key = rig.open("a", lease, Binding.SHARED);
            rig.apply(key, lease, caller.peer(), callee.peer());
            caller.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            callee.say(2, lease.calleePort());
            assertThat(caller.hear()).isEqualTo(2);
        }
    }
}
