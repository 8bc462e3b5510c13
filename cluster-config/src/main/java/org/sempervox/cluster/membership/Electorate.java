package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Whose majority a node needs in order to speak, and whom it may succeed (S21). What a node sees of the members is not enough for either:
 * when packets are lost, two of them can give each other up, and each would be all of its own view. So there are three steps
 * (docs/decisions/0014):
 *
 * <pre>
 *   seen    as the cluster tells it
 *   agreed  seen, once whoever is missing in it has had no confirmation from this node for a whole lease; told to the others
 *   voters  agreed, once those who would keep the voters before it have agreed to the same
 * </pre>
 *
 * Every two majorities have a node in common, and that node agrees to one view at a time: whoever is no voter any more is silent by then.
 * Who leaves in order gives its voice up itself. A peer that does not tell its view (0.1.0) is taken to agree. Not thread-safe.
 */
final class Electorate {
    private final long self;
    private final Map<Long, Integer> told = new HashMap<>();
    private Members seen;
    private Members agreed;
    private Members voters;

    Electorate(long self) {
        this.self = self;
        this.seen = new Members(self, List.of());
        this.agreed = seen;
        this.voters = seen;
    }

    /** Those who count, this node among them once it is a member. */
    Members voters() {
        return voters;
    }

    /** What this node tells of its view, as {@link Members#code}. */
    int code() {
        return agreed.code();
    }

    /** Whether this node may confirm that member's heartbeats. */
    boolean confirms(long uid) {
        return seen.of(uid).isPresent() && agreed.of(uid).isPresent();
    }

    boolean knows(long uid) {
        return seen.of(uid).isPresent() || voters.of(uid).isPresent();
    }

    /** {@code silent}: who can have no lease any more by this node's word. */
    void sees(Members now, LongPredicate silent) {
        seen = now.standing();
        look(silent);
    }

    /** Time has passed. */
    void look(LongPredicate silent) {
        if (seen.equals(voters)) {
            agreed = seen;
            return;
        }
        boolean quiet = agreed.all().stream()
                .allMatch(peer -> peer.uid() == self || seen.of(peer.uid()).isPresent() || silent.test(peer.uid()));
        if (quiet) {
            agreed = seen;
        }
        adopt();
    }

    /** What a peer told of its view. */
    void heard(long uid, int code) {
        if (knows(uid)) {
            told.put(uid, code);
            adopt();
        }
    }

    /** That member has left by itself, with the knowledge of all. */
    void left(long uid) {
        voters = voters.without(uid);
        agreed = agreed.without(uid);
        adopt();
    }

    private void adopt() {
        boolean begins = !voters.selfCounted();
        if (begins || voters.keeps(uid -> uid == self || agrees(uid))) {
            voters = agreed;
            told.keySet().removeIf(uid -> !knows(uid));
        }
    }

    private boolean agrees(long uid) {
        Integer code = told.get(uid);
        return agreed.of(uid).isPresent() && (code == null || code == agreed.code());
    }
}
