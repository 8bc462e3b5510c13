package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.util.List;
import org.junit.jupiter.api.Test;

/** S21: whose majority counts. */
class ElectorateTest {
    private static Electorate of(long self, long... uids) {
        var electorate = new Electorate(self);
        electorate.sees(members(self, uids), _ -> true);
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
    void aPeerThatNeverTellsItsViewIsTakenToAgree() {
        Electorate first = of(1, 1, 2, 3);
        sees(first, members(1, 1, 3));
        assertThat(voters(first)).containsExactly(1L, 3L);
    }

    @Test
    void whoLeavesInOrderGivesItsVoiceUp() {
        Electorate second = of(2, 1, 2);
        second.left(1);
        sees(second, members(2, 2));
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
