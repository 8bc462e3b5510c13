package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Decision 0017: who goes when members do not reach one another. */
class PartialPartitionTest {
    private static Members all(int count) {
        return members(1, LongStream.rangeClosed(1, count).toArray());
    }

    private static Members with(Members members, Peer changed) {
        var peers = new ArrayList<>(members.without(changed.uid()).all());
        peers.add(changed);
        return new Members(members.self(), peers);
    }

    private static Peer joining(long uid) {
        Peer up = MajorityFenceTest.peer(uid);
        return new Peer(up.name(), uid, up.host(), up.port(), up.roles(), false, false, false);
    }

    private static Peer witness(long uid) {
        Peer up = MajorityFenceTest.peer(uid);
        return new Peer(up.name(), uid, up.host(), up.port(), Set.of("witness"), true, true, false);
    }

    private static Peer down(long uid) {
        Peer up = MajorityFenceTest.peer(uid);
        return new Peer(up.name(), uid, up.host(), up.port(), up.roles(), true, false, true);
    }

    private static Set<Long> expelled(Members members, long... pairs) {
        var broken = new HashSet<BrokenLink>();
        for (int i = 0; i < pairs.length; i += 2) {
            broken.add(new BrokenLink(pairs[i], pairs[i + 1]));
        }
        return new PartialPartition(members, broken).expelled(members.standing());
    }

    @Test
    void nobodyGoesWhileAllReachOneAnother() {
        assertThat(expelled(all(3))).isEmpty();
    }

    @Test
    void whoStandsStillGoesAlone() {
        assertThat(expelled(all(3), 1, 2, 1, 3)).containsExactly(1L);
        assertThat(expelled(all(4), 1, 2, 2, 3, 2, 4)).containsExactly(2L);
    }

    /** What ended both before: keep-majority of Pekko gives up whoever is connected indirectly. */
    @Test
    void ofTwoThatHaveLostEachOtherOnlyOneGoes() {
        Members office = with(all(3), witness(3));
        assertThat(expelled(office, 1, 2)).containsExactly(2L);
    }

    @Test
    void aWitnessGoesBeforeANodeWithCalls() {
        Members office = with(all(3), witness(1));
        assertThat(expelled(office, 1, 2)).containsExactly(1L);
    }

    /** What ended two healthy nodes before: three took a newcomer for unreachable, at different moments, and it took two of them for it. */
    @Test
    void oneThatHasNotComeUpIsNoReasonForAnybodyElse() {
        Members four = with(all(4), joining(4));
        assertThat(expelled(four, 4, 1)).containsExactly(4L);
        assertThat(expelled(four, 4, 1, 4, 2)).containsExactly(4L);
        Members lowest = with(all(4), joining(1));
        assertThat(expelled(lowest, 1, 2)).containsExactly(1L);
        Members two = with(with(all(4), joining(4)), joining(3));
        assertThat(expelled(two, 1, 3, 1, 4)).containsExactly(3L, 4L);
        assertThat(expelled(with(two, MajorityFenceTest.peer(5)), 3, 4)).containsExactly(4L);
    }

    @Test
    void theSmallerPartOfACleanPartitionGoes() {
        assertThat(expelled(all(5), 1, 3, 1, 4, 1, 5, 2, 3, 2, 4, 2, 5)).containsExactly(1L, 2L);
    }

    @Test
    void ofTwoHalvesTheOneWithTheLowestAddressStays() {
        assertThat(expelled(all(2), 1, 2)).containsExactly(2L);
        assertThat(expelled(all(4), 1, 3, 1, 4, 2, 3, 2, 4)).containsExactly(3L, 4L);
        Members witnesses = with(with(all(4), witness(1)), witness(2));
        assertThat(expelled(witnesses, 1, 3, 1, 4, 2, 3, 2, 4))
                .as("calls or not: nobody else has a majority")
                .containsExactly(3L, 4L);
    }

    @Test
    void withoutAMajorityThatStaysNobodyIsGivenUp() {
        assertThat(expelled(all(3), 1, 2, 2, 3, 1, 3)).isEmpty();
    }

    /** Votes count of those before it, not of whoever this node sees. */
    @Test
    void theMajorityIsThatOfTheVoters() {
        var broken = Set.of(new BrokenLink(1, 2));
        assertThat(new PartialPartition(all(2), broken).expelled(all(2))).containsExactly(2L);
        assertThat(new PartialPartition(all(2), broken).expelled(all(3))).isEmpty();
    }

    @Test
    void whoIsDownOrNoMemberIsPassedOver() {
        assertThat(expelled(with(all(4), down(4)), 1, 4, 2, 4)).isEmpty();
        assertThat(expelled(all(3), 1, 9, 2, 9)).isEmpty();
        assertThat(expelled(with(all(4), down(1)), 2, 1, 2, 3, 3, 4))
                .as("3 has lost two that stand")
                .containsExactly(3L);
    }

    /** Random networks: whoever stays reaches all who stay, has a majority, and it does not matter who is asked. */
    @Test
    void thoseWhoStayReachOneAnother() {
        int decided = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            Members members = all(2 + random.nextInt(6));
            for (Peer peer : members.all()) {
                switch (random.nextInt(6)) {
                    case 0 -> members = with(members, joining(peer.uid()));
                    case 1 -> members = with(members, witness(peer.uid()));
                    default -> {}
                }
            }
            var broken = new HashSet<BrokenLink>();
            int density = random.nextInt(100);
            for (Peer one : members.all()) {
                for (Peer other : members.all()) {
                    if (one.uid() < other.uid() && random.nextInt(100) < density) {
                        broken.add(new BrokenLink(one.uid(), other.uid()));
                    }
                }
            }
            Set<Long> gone = new PartialPartition(members, broken).expelled(members.standing());
            if (gone.isEmpty()) {
                continue;
            }
            decided++;
            List<Long> staying = members.all().stream()
                    .map(Peer::uid)
                    .filter(uid -> !gone.contains(uid))
                    .toList();
            assertThat(broken)
                    .as("seed " + seed)
                    .noneMatch(link -> staying.contains(link.one()) && staying.contains(link.other()));
            assertThat(gone).as("seed " + seed).allMatch(uid -> broken.stream().anyMatch(link -> link.touches(uid)));
            assertThat(members.keeps(staying::contains)).as("seed " + seed).isTrue();
            Members elsewhere = new Members(members.all().getLast().uid(), members.all());
            assertThat(new PartialPartition(elsewhere, broken).expelled(elsewhere))
                    .isEqualTo(gone);
        }
        assertThat(decided).as("decisions, or nothing was tried").isGreaterThan(3_000);
    }
}
