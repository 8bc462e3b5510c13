package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S21. */
class MajorityFenceTest {
    private static final long MS = 1_000_000L;

    private final List<String> halts = new ArrayList<>();
    private long now = 10 * MS;
    private long suspended;
    private long wallOff;
    private final MajorityFence fence =
            new MajorityFence(1, () -> now, () -> now + suspended, () -> (now + suspended) / MS + wallOff, halts::add);

    static Peer peer(long uid) {
        return new Peer("n" + uid, uid, "127.0.0.1", 25520 + (int) uid, Set.of("core"), true, true, false);
    }

    static Members members(long self, long... uids) {
        return new Members(
                self,
                java.util.Arrays.stream(uids).mapToObj(MajorityFenceTest::peer).toList());
    }

    private void joins(Members now) {
        joins(fence, now);
    }

    /** The others were there before. */
    private static void joins(MajorityFence one, Members now) {
        now.others().forEach(peer -> one.viewed(peer.uid(), now.code()));
        one.members(now);
    }

    @Test
    void closedBeforeItIsAMemberAndNeverHaltsForThat() {
        pass(5000);
        assertThat(fence.open()).isFalse();
        assertThat(halts).isEmpty();
    }

    @Test
    void aSingleNodeIsOpen() {
        joins(members(1, 1));
        pass(5000);
        assertThat(fence.open()).isTrue();
    }

    @Test
    void oneOfThreeNeedsOneOther() {
        joins(members(1, 1, 2, 3));
        assertThat(fence.open()).isFalse();
        fence.acknowledged(3, now);
        assertThat(fence.open()).isTrue();
        pass(980);
        assertThat(fence.open()).isTrue();
        pass(40);
        assertThat(fence.open()).isFalse();
        assertThat(halts).isEmpty();
        pass(2020);
        assertThat(halts).hasSize(1);
    }

    @Test
    void halfWithTheLowestAddressIsEnough() {
        joins(members(1, 1, 2));
        pass(5000);
        assertThat(fence.open()).isTrue();
    }

    @Test
    void halfWithoutTheLowestAddressIsNot() {
        var second = new MajorityFence(2, () -> now, () -> now, () -> now / MS, halts::add);
        joins(second, members(2, 1, 2));
        assertThat(second.open()).isFalse();
        second.acknowledged(1, now);
        assertThat(second.open()).isTrue();
    }

    @Test
    void oneThatHasJustComeIsSilentBeforeItKnowsWhoCounts() {
        fence.members(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        fence.acknowledged(3, now);
        assertThat(fence.open()).isFalse();
        assertThat(fence.view()).isEqualTo(Electorate.NOTHING_YET);
        fence.viewed(2, members(1, 1, 2, 3).code());
        fence.viewed(3, Electorate.NOTHING_YET);
        pass(20);
        assertThat(fence.open()).isTrue();
    }

    @Test
    void theLeaseCountsFromTheSendingOfTheHeartbeat() {
        joins(members(1, 1, 2, 3));
        long sent = now;
        pass(800);
        fence.acknowledged(2, sent);
        pass(180);
        assertThat(fence.open()).isTrue();
        pass(40);
        assertThat(fence.open()).isFalse();
    }

    @Test
    void closedForAMomentItOpensAgain() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        pass(1200);
        assertThat(fence.open()).isFalse();
        fence.acknowledged(2, now);
        assertThat(fence.open()).isTrue();
        assertThat(halts).isEmpty();
    }

    @Test
    void anAcknowledgementAfterTheGraceOpensNothing() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        now += 3100 * MS;
        fence.acknowledged(2, now);
        assertThat(fence.open()).isFalse();
        assertThat(halts).hasSize(1);
    }

    @Test
    void frozenForTwentySecondsItIsClosedBeforeAnythingRunsAndEndsAtTheOthersWord() {
        frozenFor(20_000);
        fence.denied(2);
        fence.denied(3);
        assertThat(halts).singleElement().asString().contains("a majority says");
        fence.acknowledged(2, now);
        assertThat(fence.open()).isFalse();
    }

    @Test
    void frozenAndAnsweredByNobodyItEndsWithinASecond() {
        frozenFor(20_000);
        pass(880);
        assertThat(halts).isEmpty();
        pass(40);
        assertThat(halts).singleElement().asString().contains("stood still");
    }

    @Test
    void afterAHostThatStoodStillAsAWholeItOpensAgain() {
        long before = now;
        frozenFor(1100);
        fence.acknowledged(2, before);
        assertThat(fence.open()).as("a heartbeat from before the pause").isFalse();
        pass(20);
        fence.acknowledged(2, now);
        assertThat(fence.open()).isTrue();
        assertThat(halts).isEmpty();
    }

    private void frozenFor(long ms) {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        now += ms * MS;
        assertThat(fence.open()).isFalse();
        assertThat(fence.tick()).isTrue();
        assertThat(fence.open()).isFalse();
        assertThat(halts).isEmpty();
    }

    @Test
    void aPauseOfHalfASecondIsNothing() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        now += 500 * MS;
        assertThat(fence.tick()).isTrue();
        assertThat(fence.open()).isTrue();
    }

    @Test
    void aSuspendedMachineStopsTheMonotonicClockOnly() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        pass(20);
        suspended = 60_000 * MS;
        now += 20 * MS;
        fence.tick();
        assertThat(fence.open()).isFalse();
        pass(920);
        assertThat(halts).hasSize(1);
    }

    @Test
    void aNodeThatLeavesDoesNotHalt() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        fence.retire();
        pass(5000);
        fence.removed("it has left");
        assertThat(fence.open()).isFalse();
        assertThat(halts).isEmpty();
    }

    @Test
    void oneThatDeniesItMayBeWrongAMajorityIsNot() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        fence.denied(3);
        assertThat(fence.open()).isTrue();
        fence.denied(2);
        assertThat(fence.open()).isFalse();
        assertThat(halts).hasSize(1);
    }

    @Test
    void aRemovedNodeIsSilentAtOnce() {
        joins(members(1, 1, 2, 3));
        fence.acknowledged(2, now);
        fence.removed("n2 says so");
        assertThat(fence.open()).isFalse();
        assertThat(halts).containsExactly("n2 says so");
    }

    /** S27. */
    @Test
    void aClockThatJumpsSilencesAndEndsANodeThatAMajorityContradicts() {
        joins(members(1, 1, 2, 3));
        together(200);
        assertThat(fence.open()).isTrue();
        wallOff = 90_000;
        fence.tick();
        assertThat(fence.open())
                .as("nothing is said with a time that nobody confirmed")
                .isFalse();
        together(200);
        assertThat(halts).isEmpty();
        assertThat(fence.open()).isFalse();
        together(200);
        assertThat(halts).singleElement().asString().contains("wall clock");
    }

    @Test
    void oneOtherClockProvesNothing() {
        joins(members(1, 1, 2, 3));
        for (int i = 0; i < 100; i++) {
            pass(20);
            fence.acknowledged(2, now);
            fence.clock(2, wall());
            fence.clock(3, wall() - 90_000);
        }
        assertThat(fence.open()).isTrue();
        assertThat(halts).isEmpty();
    }

    /** One host, or a time server that has put all right. */
    @Test
    void allClocksMayJumpTogether() {
        joins(members(1, 1, 2, 3));
        together(200);
        wallOff = -90_000;
        fence.tick();
        assertThat(fence.open()).isFalse();
        for (int i = 0; i < 10; i++) {
            pass(20);
            fence.clock(2, wall());
            fence.acknowledged(2, now);
        }
        assertThat(fence.open()).isTrue();
        assertThat(halts).isEmpty();
    }

    @Test
    void aNodeWhoseClockIsWrongFromTheBeginningDoesNotStayAMember() {
        wallOff = -90_000;
        fence.tick();
        joins(members(1, 1, 2, 3));
        together(400);
        assertThat(halts).singleElement().asString().contains("wall clock");
    }

    /** Nobody knows whose clock is right: as in a split, the lower address decides. */
    @Test
    void ofTwoTheOneWithTheLowerAddressGoesOn() {
        joins(members(1, 1, 2));
        wallOff = 90_000;
        together(1000);
        assertThat(fence.open()).isTrue();
        assertThat(halts).isEmpty();
    }

    /** Peers whose clocks go right confirm heartbeats. */
    private void together(long ms) {
        for (long left = ms; left > 0; left -= 20) {
            pass(20);
            for (long peer : new long[] {2, 3}) {
                fence.clock(peer, wall() - wallOff);
                fence.acknowledged(peer, now);
            }
        }
    }

    private long wall() {
        return (now + suspended) / MS + wallOff;
    }

    /** Time with the pulse running. */
    private void pass(long ms) {
        for (long left = ms; left > 0; left -= 20) {
            now += 20 * MS;
            fence.tick();
        }
    }
}
