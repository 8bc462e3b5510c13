package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decision 0017: when those are given up that have to go. */
class ExpulsionTest {
    private static final long MS = 1_000_000L;
    private static final Members OFFICE = members(1, 1, 2, 3);

    private long now = 1000 * MS;
    private final Expulsion first = new Expulsion(1);
    private final Expulsion second = new Expulsion(2);
    private final Expulsion third = new Expulsion(3);

    private void pass(long ms) {
        now += ms * MS;
    }

    private Set<Long> due(Expulsion one) {
        return one.due(OFFICE, now);
    }

    private void tell(long from, Expulsion says, Expulsion to) {
        to.heard(from, says.ballot(now), now);
    }

    private void theThirdHasToldTheFirstThatTheSecondHasToGo() {
        first.sees(Set.of(2L), now);
        third.sees(Set.of(2L), now);
        pass(500);
        tell(3, third, first);
    }

    @Test
    void nobodyIsGivenUpBeforeItHasStoodForHalfASecondAndAMajorityThatStaysSaysTheSame() {
        first.sees(Set.of(2L), now);
        third.sees(Set.of(2L), now);
        pass(490);
        assertThat(first.ballot(now)).isEqualTo(Expulsion.NOBODY);
        pass(10);
        assertThat(first.ballot(now)).isNotEqualTo(Expulsion.NOBODY);
        assertThat(due(first)).as("alone").isEmpty();
        tell(3, third, first);
        assertThat(due(first)).containsExactly(2L);
    }

    @Test
    void theWordOfOneWhoHasToGoDoesNotCount() {
        first.sees(Set.of(2L), now);
        second.sees(Set.of(2L), now);
        pass(500);
        tell(2, second, first);
        tell(1, first, second);
        assertThat(due(first)).isEmpty();
        assertThat(due(second)).as("it gives itself up to the fence").isEmpty();
    }

    /** What ended all three under loss: two nodes gave each other up at the same moment. */
    @Test
    void ofTwoVerdictsAtOnceOneCountsAtMost() {
        first.sees(Set.of(2L), now);
        second.sees(Set.of(1L), now);
        third.sees(Set.of(1L), now);
        pass(500);
        tell(2, second, first);
        tell(3, third, first);
        tell(1, first, second);
        tell(3, third, second);
        assertThat(due(first)).isEmpty();
        assertThat(due(second)).containsExactly(1L);
    }

    @Test
    void whatComesAndGoesStartsAgain() {
        first.sees(Set.of(2L), now);
        pass(400);
        first.sees(Set.of(), now);
        first.sees(Set.of(2L), now);
        pass(400);
        assertThat(first.ballot(now)).isEqualTo(Expulsion.NOBODY);
        pass(100);
        assertThat(first.ballot(now)).isNotEqualTo(Expulsion.NOBODY);
    }

    @Test
    void theOthersActHalfASecondAfterTheFirst() {
        second.sees(Set.of(3L), now);
        first.sees(Set.of(3L), now);
        pass(500);
        tell(1, first, second);
        assertThat(due(second)).isEmpty();
        pass(490);
        tell(1, first, second);
        assertThat(due(second)).isEmpty();
        pass(10);
        assertThat(due(second)).containsExactly(3L);
    }

    @Test
    void anOldWordDoesNotCount() {
        theThirdHasToldTheFirstThatTheSecondHasToGo();
        pass(500);
        assertThat(due(first)).isEmpty();
    }

    @Test
    void oneThatIsTakenBackDoesNotCount() {
        theThirdHasToldTheFirstThatTheSecondHasToGo();
        third.sees(Set.of(), now);
        tell(3, third, first);
        assertThat(due(first)).isEmpty();
    }

    /** 0.1.0 has no word in it: while it is renewed the others wait for nobody of that version. */
    @Test
    void whoNeverSaysItIsTakenToAgree() {
        first.sees(Set.of(2L), now);
        first.mute(3);
        pass(500);
        assertThat(due(first)).containsExactly(2L);
        first.forget(3);
        assertThat(due(first)).isEmpty();
    }

    @Test
    void halfWithTheLowestAddressIsEnough() {
        Members two = members(1, 1, 2);
        first.sees(Set.of(2L), now);
        second.sees(Set.of(1L), now);
        pass(500);
        assertThat(first.due(two, now)).containsExactly(2L);
        assertThat(second.due(two, now)).isEmpty();
    }
}
