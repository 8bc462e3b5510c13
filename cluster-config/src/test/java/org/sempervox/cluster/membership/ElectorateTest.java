package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.util.List;
import org.junit.jupiter.api.Test;

/** S21: whose majority counts. */
class ElectorateTest {
    private static Electorate of(long self, long... uids) {
        var electorate = new Electorate(self);
        Members all = members(self, uids);
        all.others().forEach(peer -> electorate.heard(peer.uid(), all.code()));
        electorate.sees(all, _ -> true);
        return electorate;
    }

    private static void sees(Electorate electorate, Members members) {
        electorate.sees(members, _ -> true);
    }

    private static List<Long> voters(Electorate electorate) {
        return electorate.voters().all().stream().map(Peer::uid).toList();
    }

    private static int code(long... uids) {
        return members(1, uids).code();
    }

    /** What a network that lost a third of all packets brought about: each of two gave the other up. */
    @Test
    void whoGivesTwoOfThreeUpIsNoMajorityOfItself() {
        Electorate second = of(2, 1, 2, 3);
        second.heard(1, code(1, 2, 3));
        sees(second, members(2, 1, 2));
        assertThat(voters(second))
                .as("the first has not said that it sees it so")
                .containsExactly(1L, 2L, 3L);
        second.heard(1, code(1, 2));
        assertThat(voters(second)).containsExactly(1L, 2L);
        sees(second, members(2, 2));
        assertThat(voters(second)).as("half, without the lowest address").containsExactly(1L, 2L);

        Electorate first = of(1, 1, 2, 3);
        sees(first, members(1, 1, 2));
        first.heard(2, code(1, 2));
        sees(first, members(1, 1));
        assertThat(voters(first)).as("half, with the lowest address").containsExactly(1L);
    }

    @Test
    void ofTwoViewsAtOnceNeitherCounts() {
        Electorate third = of(3, 1, 2, 3);
        third.heard(1, code(1, 2, 3));
        third.heard(2, code(1, 2));
        sees(third, members(3, 2, 3));
        assertThat(voters(third)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoMayStillSpeakByThisNodesWordIsNotSucceeded() {
        Electorate first = of(1, 1, 2);
        first.sees(members(1, 1), _ -> false);
        assertThat(voters(first)).containsExactly(1L, 2L);
        assertThat(first.code()).isEqualTo(code(1, 2));
        assertThat(first.confirms(2)).as("and is not confirmed any more").isFalse();
        first.look(_ -> true);
        assertThat(voters(first)).containsExactly(1L);
    }

    @Test
    void aPeerOfTheReleaseThatTellsNothingIsTakenToAgree() {
        var first = new Electorate(1);
        first.mute(2);
        first.mute(3);
        sees(first, members(1, 1, 2, 3));
        sees(first, members(1, 1, 3));
        assertThat(voters(first)).containsExactly(1L, 3L);
    }

    @Test
    void aPeerThatHasNotSpokenYetDoesNotAgree() {
        Electorate second = of(2, 1, 2);
        sees(second, members(2, 1, 2, 3));
        second.heard(1, code(1, 2, 3));
        assertThat(voters(second)).containsExactly(1L, 2L, 3L);
        sees(second, members(2, 2, 3));
        assertThat(voters(second)).containsExactly(1L, 2L, 3L);
        second.heard(3, code(2, 3));
        assertThat(voters(second)).containsExactly(2L, 3L);
    }

    @Test
    void whoComesTakesOverTheViewOfThoseWhoWereThere() {
        var fourth = new Electorate(4);
        sees(fourth, members(4, 1, 2, 3, 4, 5));
        assertThat(fourth.code()).isEqualTo(Electorate.NOTHING_YET);
        fourth.heard(5, Electorate.NOTHING_YET);
        fourth.heard(1, code(1, 2, 3, 4, 5));
        assertThat(voters(fourth)).as("one of three, and one that comes too").isEmpty();
        fourth.heard(3, code(1, 2, 3, 4, 5));
        assertThat(voters(fourth)).hasSize(5);
        assertThat(fourth.code()).isEqualTo(code(1, 2, 3, 4, 5));
    }

    @Test
    void theFirstOfAllNeedsNobody() {
        var first = new Electorate(1);
        sees(first, members(1, 1));
        assertThat(voters(first)).containsExactly(1L);
    }

    @Test
    void theLeaseOfOneThatHasJustComeIsWaitedForToo() {
        Electorate second = of(2, 1, 2);
        second.sees(members(2, 1, 2, 3), _ -> false);
        second.sees(members(2, 1, 2), _ -> false);
        assertThat(second.knows(3)).isTrue();
        assertThat(second.code()).isEqualTo(code(1, 2, 3));
        second.look(_ -> true);
        assertThat(second.code()).isEqualTo(code(1, 2));
    }

    @Test
    void whoLeavesInOrderGivesItsVoiceUp() {
        Electorate second = of(2, 1, 2);
        second.left(1);
        second.look(_ -> true);
        assertThat(voters(second)).as("before the cluster has told it").containsExactly(2L);
        second.sees(members(2, 2), _ -> false);
        assertThat(voters(second)).containsExactly(2L);
    }

    @Test
    void whoJoinsCountsAtOnceForTheFirstOfTwo() {
        Electorate first = of(1, 1, 2);
        first.heard(2, code(1, 2));
        sees(first, members(1, 1, 2, 3));
        assertThat(voters(first)).containsExactly(1L, 2L, 3L);
    }
}
