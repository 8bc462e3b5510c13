package org.sempervox.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.MediaReport.LeaseRefused;
import org.sempervox.core.media.MediaReport.Leased;
import org.sempervox.core.media.MediaReport.PlanApplied;
import org.sempervox.core.media.MediaReport.PlanRefused;
import org.sempervox.core.media.MediaReport.Released;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.core.media.MediaReport.TimedOut;
import org.sempervox.media.relay.RelayKey;

/** S19 and S20 as decisions. */
class SessionTableTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private record Answer(String to, MediaReport report) {}

    private final FakeRelays relays = new FakeRelays();
    private final List<Answer> answers = new ArrayList<>();
    private final SessionTable<String> table = table(Duration.ofMillis(500));
    private long now;

    private SessionTable<String> table(Duration handOver) {
        return new SessionTable<>(
                new AddressPlan(List.of(
                        new ServiceAddress(0, "127.0.1.1", 5060, 20000, 20009, "a"),
                        new ServiceAddress(1, "127.0.1.2", 5060, 20000, 20009, "b"))),
                relays,
                (to, report) -> answers.add(new Answer(to, report)),
                () -> 0,
                handOver);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        table.tick(now);
    }

    private static MediaLease ports(int service, int caller, int callee) {
        return new MediaLease(service, "127.0.1." + (service + 1), caller, callee);
    }

    private static MediaPlan plan(String session, long epoch, int version, MediaLease lease) {
        return new MediaPlan(session, epoch, version, lease, null, null, MINUTE);
    }

    private List<Answer> answers() {
        var taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    @Test
    void theSameSessionGetsTheSamePorts() {
        table.own(Set.of(0), now);
        table.lease("s", 0, "x", now);
        table.lease("s", 0, "y", now);
        table.lease("t", 0, "z", now);
        assertThat(answers())
                .containsExactly(
                        new Answer("x", new Leased("s", ports(0, 20000, 20002))),
                        new Answer("y", new Leased("s", ports(0, 20000, 20002))),
                        new Answer("z", new Leased("t", ports(0, 20004, 20006))));
    }

    @Test
    void aLeaseIsRefusedWhereTheAddressIsNotOwnedOrNoPortIsLeft() {
        table.own(Set.of(0), now);
        table.lease("s", 1, "x", now);
        table.lease("s", 9, "x", now);
        table.lease("s", 0, "x", now);
        table.lease("t", 0, "x", now);
        answers();
        table.lease("u", 0, "x", now);
        assertThat(answers()).containsExactly(new Answer("x", new LeaseRefused("u", "no port left on address 0")));
    }

    @Test
    void portsOfOtherProgramsAreSkipped() {
        relays.busy.addAll(List.of(20000, 20004));
        table.own(Set.of(0), now);
        table.lease("s", 0, "x", now);
        assertThat(answers()).containsExactly(new Answer("x", new Leased("s", ports(0, 20006, 20002))));
    }

    @Test
    void anUnusedLeaseEndsAfterSixtySeconds() {
        table.own(Set.of(0), now);
        table.lease("s", 0, "x", now);
        pass(Duration.ofSeconds(59));
        assertThat(relays.open).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(relays.open).isEmpty();
        assertThat(table.figures().getFirst().portsInUse()).isZero();
    }

    @Test
    void theOwnerAnswersEachDeclareButAppliesAPlanOnce() {
        table.own(Set.of(0), now);
        table.lease("s", 0, "x", now);
        MediaPlan plan = plan("s", 1, 1, ports(0, 20000, 20002));
        answers();
        table.declare(plan, "x", now);
        table.declare(plan, "y", now);
        table.declare(plan("s", 1, 0, plan.lease()), "z", now);
        assertThat(answers())
                .containsExactly(
                        new Answer("x", new PlanApplied("s", 1, 1)),
                        new Answer("y", new PlanApplied("s", 1, 1)),
                        new Answer("z", new PlanRefused("s", 1, 0, "epoch 1 version 1 is in force")));
        assertThat(relays.log).containsExactly("open s", "apply s 1.1");
    }

    @Test
    void aStandbyHoldsSilentlyAndBindsAllWhenItBecomesTheOwner() {
        table.own(Set.of(1), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        table.declare(plan("t", 1, 1, ports(0, 20004, 20006)), "x", now);
        table.declare(plan("s", 2, 1, ports(0, 20000, 20002)), "x", now);
        assertThat(answers()).isEmpty();
        assertThat(relays.log).isEmpty();
        table.own(Set.of(0, 1), now);
        assertThat(relays.log).containsExactlyInAnyOrder("take over s", "apply s 2.1", "take over t", "apply t 1.1");
        table.lease("u", 0, "x", now);
        assertThat(answers()).hasSize(1).first().extracting(Answer::report).isInstanceOf(LeaseRefused.class);
    }

    @Test
    void losingTheAddressRelaysOnForHalfASecondAndThenHolds() {
        table.own(Set.of(0), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        table.own(Set.of(), now);
        pass(Duration.ofMillis(499));
        assertThat(relays.open).hasSize(1);
        table.declare(plan("s", 1, 2, ports(0, 20000, 20002)), "x", now);
        assertThat(relays.log).endsWith("apply s 1.2");
        pass(Duration.ofMillis(1));
        assertThat(relays.open).isEmpty();
        table.own(Set.of(0), now);
        assertThat(relays.log).endsWith("close s", "take over s", "apply s 1.2");
    }

    @Test
    void anAddressThatMovesToAnotherMachineIsSilentAtOnce_S15() {
        SessionTable<String> moving = table(Duration.ZERO);
        moving.own(Set.of(0), now);
        moving.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        moving.lease("unplanned", 0, "x", now);
        moving.own(Set.of(), now);
        assertThat(relays.open).isEmpty();
        assertThat(moving.relaying()).isZero();
        moving.own(Set.of(0), now);
        assertThat(relays.log).endsWith("take over s", "apply s 1.1");
    }

    @Test
    void anOwnerThatReturnsWithinTheHandOverBindsAnew() {
        table.own(Set.of(0), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        table.own(Set.of(), now);
        table.own(Set.of(0), now);
        pass(Duration.ofSeconds(1));
        assertThat(relays.log).containsExactly("take over s", "apply s 1.1", "take over s");
        assertThat(relays.open).hasSize(1);
    }

    @Test
    void aTakeOverThatFailsIsTriedAgain() {
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        relays.busy.add(20002);
        table.own(Set.of(0), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        assertThat(answers())
                .containsExactly(new Answer("x", new PlanRefused("s", 1, 1, "a port is in use by another program")));
        relays.busy.clear();
        pass(Duration.ofMillis(250));
        assertThat(relays.log).containsExactly("take over s", "apply s 1.1");
    }

    @Test
    void releaseIsAnsweredAlwaysAndLatePlansDoNotReviveASession() {
        table.own(Set.of(0), now);
        MediaPlan plan = plan("s", 1, 1, ports(0, 20000, 20002));
        table.declare(plan, "x", now);
        answers();
        table.release("s", 0, "x", now);
        table.release("s", 0, "x", now);
        table.release("unknown", 0, "x", now);
        table.declare(plan, "x", now);
        assertThat(answers())
                .containsExactly(
                        new Answer("x", new Released("s", FakeRelays.SOME)),
                        new Answer("x", new Released("s", FakeRelays.SOME)),
                        new Answer("x", new Released("unknown", SessionStatistics.NONE)),
                        new Answer("x", new PlanRefused("s", 1, 1, "session has ended")));
        assertThat(relays.open).isEmpty();
    }

    @Test
    void aTimeOutIsNumberedAndRepeatedToTheNewestCallerUntilAcknowledged() {
        table.own(Set.of(0), now);
        var key = new RelayKey("s", 0);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        answers();
        table.silent(key, MINUTE, 700, now);
        table.declare(plan("s", 2, 1, ports(0, 20000, 20002)), "y", now);
        pass(Duration.ofSeconds(2));
        table.acknowledge("s", 699);
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        table.acknowledge("s", 700);
        pass(Duration.ofSeconds(2));
        table.silent(key, MINUTE, 700, now);
        assertThat(answers())
                .containsExactly(
                        new Answer("x", new TimedOut("s", 700, MINUTE)),
                        new Answer("y", new PlanApplied("s", 2, 1)),
                        new Answer("y", new TimedOut("s", 700, MINUTE)),
                        new Answer("y", new TimedOut("s", 700, MINUTE)),
                        new Answer("y", new TimedOut("s", 701, MINUTE)));
    }

    @Test
    void aSessionThatNobodyRenewsForTenMinutesEnds() {
        table.own(Set.of(0), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        table.declare(plan("held", 1, 1, ports(1, 20000, 20002)), "x", now);
        pass(Duration.ofMinutes(9));
        table.renew(List.of("s", "unknown"), now);
        pass(Duration.ofMinutes(9));
        assertThat(relays.open).hasSize(1);
        assertThat(table.figures().get(1).held()).isZero();
        pass(Duration.ofMinutes(1));
        assertThat(relays.open).isEmpty();
    }

    @Test
    void portsOfAnotherSessionAreRefusedByTheOwnerAndBelievedByAStandby() {
        table.own(Set.of(0), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        answers();
        table.declare(plan("t", 1, 1, ports(0, 20002, 20004)), "x", now);
        assertThat(answers())
                .containsExactly(new Answer("x", new PlanRefused("t", 1, 1, "port 20002 is in use by session s")));
        table.declare(plan("s", 1, 1, ports(1, 20000, 20002)), "x", now);
        table.declare(plan("t", 1, 1, ports(1, 20002, 20004)), "x", now);
        assertThat(table.figures().get(1).held()).isEqualTo(1);
        assertThat(answers()).isEmpty();
    }

    @Test
    void portsThatAreNotOfTheAddressAreRefused() {
        table.own(Set.of(0), now);
        for (MediaLease wrong : List.of(
                ports(0, 20001, 20002),
                ports(0, 20000, 20000),
                ports(0, 19998, 20000),
                ports(0, 20000, 20010),
                new MediaLease(0, "127.0.1.2", 20000, 20002),
                new MediaLease(7, "127.0.1.1", 20000, 20002))) {
            table.declare(plan("s", 1, 1, wrong), "x", now);
            assertThat(answers()).singleElement().extracting(Answer::report).isInstanceOf(PlanRefused.class);
        }
    }

    @Test
    void aCallThatMovesToAnotherAddressLeavesTheOldOne() {
        table.own(Set.of(0, 1), now);
        table.declare(plan("s", 1, 1, ports(0, 20000, 20002)), "x", now);
        table.declare(plan("s", 1, 2, ports(1, 20004, 20006)), "x", now);
        assertThat(relays.open).containsOnlyKeys(new RelayKey("s", 1));
    }
}
