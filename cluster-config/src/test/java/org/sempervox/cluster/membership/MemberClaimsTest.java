package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.FreePorts;

/** Two nodes with their liveness connections, and a third that is only said to exist. */
class MemberClaimsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Set<String> OWNER = Set.of("sip", "media");

    private final int port = FreePorts.row(3);
    private final Set<Long> dead = ConcurrentHashMap.newKeySet();
    private final Peer first = new Peer("a", 1, "127.0.0.1", port, OWNER, true, true, false);
    private final Peer second = new Peer("b", 2, "127.0.0.1", port + 1, OWNER, true, true, false);
    private final Peer neverHeard = new Peer("c", 3, "127.0.0.1", port + 2, OWNER, true, true, false);
    private final Liveness one = new Liveness("127.0.0.1", port, 1, why -> {});
    private final Liveness two = new Liveness("127.0.0.1", port + 1, 2, why -> {});
    private Members seenByOne = new Members(1, List.of(first, second));
    private final MemberClaims ofOne = new MemberClaims(one, () -> seenByOne, dead::contains);
    private final MemberClaims ofTwo =
            new MemberClaims(two, () -> new Members(2, List.of(first, second)), dead::contains);

    private static final class Silent implements Liveness.Events {
        @Override
        public void died(Peer peer, String proof) {}

        @Override
        public void voted(long voter, long dead) {}

        @Override
        public void balloted(long voter, long code) {}

        @Override
        public void withoutBallots(long voter) {}
    }

    private void connect() throws Exception {
        one.start(new Silent());
        two.start(new Silent());
        one.members(new Members(1, List.of(first, second)));
        two.members(new Members(2, List.of(first, second)));
        Eventually.holds("they hear each other", LIMIT, () -> one.answeredAt(2) > 0 && two.answeredAt(1) > 0);
    }

    @AfterEach
    void stop() {
        one.abort();
        two.abort();
    }

    @Test
    void aClaimIsAnsweredWithWhatTheOtherClaims() throws Exception {
        connect();
        ofTwo.claim(2);
        ofOne.claim(1);
        Eventually.holds("answered", LIMIT, ofOne::answered);
        Eventually.holds("both know", LIMIT, () -> ofOne.elsewhere() == 2 && ofTwo.elsewhere() == 1);
        ofTwo.claim(0);
        Eventually.holds("let go", LIMIT, () -> ofOne.elsewhere() == 0);
        assertThat(ofTwo.elsewhere()).isEqualTo(1);
    }

    @Test
    void whatADeadMemberClaimedIsFree_S23() throws Exception {
        connect();
        ofTwo.claim(2);
        Eventually.holds("known", LIMIT, () -> ofOne.elsewhere() == 2);
        dead.add(2L);
        assertThat(ofOne.elsewhere()).isZero();
    }

    @Test
    void aMemberThatWasNeverHeardMayHaveAnything() throws Exception {
        connect();
        seenByOne = new Members(1, List.of(first, second, neverHeard));
        ofOne.claim(1);
        Eventually.holds("the other one has answered", LIMIT, () -> ofTwo.elsewhere() == 1 && one.answeredAt(2) > 0);
        long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
        while (System.nanoTime() < end) {
            assertThat(ofOne.answered()).isFalse();
        }
        dead.add(3L);
        assertThat(ofOne.answered()).isTrue();
    }
}
