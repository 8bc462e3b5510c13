package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.apache.pekko.Version;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.membership.DeathVotes.Verdict;
import org.sempervox.cluster.membership.Evidence.Probe;

/** S23. */
class CertainDeathTest {
    private final Evidence evidence = new Evidence(7);
    private final DeathVotes votes = new DeathVotes();

    @Test
    void bothPortsRefusedAfterThisIncarnationAnswered() {
        evidence.liveness(new Probe.Answered(7));
        evidence.liveness(new Probe.Refused());
        assertThat(evidence.suspicious()).isTrue();
        assertThat(evidence.proofOfDeath()).isEmpty();
        evidence.cluster(new Probe.Refused());
        assertThat(evidence.proofOfDeath()).isPresent();
    }

    @Test
    void anotherIncarnationAtTheAddress() {
        evidence.liveness(new Probe.Answered(7));
        evidence.liveness(new Probe.Answered(8));
        assertThat(evidence.proofOfDeath()).isPresent();
    }

    @Test
    void nothingIsProvedOfAPeerThatWasNeverMet() {
        evidence.liveness(new Probe.Refused());
        evidence.cluster(new Probe.Refused());
        assertThat(evidence.suspicious()).isFalse();
        assertThat(evidence.proofOfDeath()).isEmpty();
        evidence.liveness(new Probe.Answered(8));
        assertThat(evidence.proofOfDeath()).isEmpty();
    }

    @Test
    void sameIncarnationAgainIsAFalseAlarm() {
        evidence.liveness(new Probe.Answered(7));
        evidence.liveness(new Probe.Refused());
        evidence.liveness(new Probe.Answered(7));
        evidence.cluster(new Probe.Refused());
        assertThat(evidence.proofOfDeath()).isEmpty();
    }

    @Test
    void onlyTheKernelsRefusalCounts() {
        assertThat(Evidence.of(new ConnectException("Connection refused"))).isInstanceOf(Probe.Refused.class);
        assertThat(Evidence.of(new ConnectException("Connection timed out"))).isInstanceOf(Probe.Unclear.class);
        assertThat(Evidence.of(new SocketTimeoutException("Connect timed out"))).isInstanceOf(Probe.Unclear.class);
    }

    @Test
    void aMajorityOfAllMembersMustHaveSeenIt() {
        votes.vote(1, 3);
        assertThat(votes.verdict(3, members(1, 1, 2, 3))).isEqualTo(Verdict.OPEN);
        votes.vote(2, 3);
        assertThat(votes.verdict(3, members(1, 1, 2, 3))).isEqualTo(Verdict.ACT);
        assertThat(votes.verdict(3, members(2, 1, 2, 3))).isEqualTo(Verdict.PROVED);
    }

    @Test
    void nobodyActsOnWhatOnlyOthersSaw() {
        votes.vote(2, 4);
        votes.vote(3, 4);
        votes.vote(5, 4);
        assertThat(votes.verdict(4, members(1, 1, 2, 3, 4, 5))).isEqualTo(Verdict.OPEN);
    }

    @Test
    void theDeadOnesOwnVoteDoesNotCount() {
        votes.vote(1, 2);
        votes.vote(2, 2);
        assertThat(votes.verdict(2, members(1, 1, 2, 3))).isEqualTo(Verdict.OPEN);
    }

    @Test
    void oneOfTwoProvesNothing() {
        votes.vote(1, 2);
        assertThat(votes.verdict(2, members(1, 1, 2))).isEqualTo(Verdict.OPEN);
    }

    @Test
    void someoneWhoIsNoMemberIsNotJudged() {
        votes.vote(1, 9);
        votes.vote(2, 9);
        assertThat(votes.verdict(9, members(1, 1, 2, 3))).isEqualTo(Verdict.OPEN);
    }

    /** Another version: look at the events of reachability and quarantine, the coordinator's StateInitialized and quarantine first. */
    @Test
    void internalsArePinned() {
        assertThat(Version.current()).isEqualTo("1.7.0");
        assertThat(PekkoInternals.coordinatorInitialized().getClass().getName())
                .isEqualTo("org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$StateInitialized$");
    }

    @Test
    void theBootClockRuns() {
        var clock = BootClock.open();
        long first = clock.getAsLong();
        assertThat(first).isPositive();
        assertThat(clock.getAsLong()).isGreaterThanOrEqualTo(first);
    }
}
