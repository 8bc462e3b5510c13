package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Who comes takes over the view of those who would keep it without the ones that have just come too, and says nothing before that. Who leaves
 * in order gives its voice up itself. A peer of 0.1.0, which tells nobody its view, is taken to agree. Not thread-safe.
 */
final class Electorate {
    private final long self;
    /** What a peer says that has no voters yet. */
    static final int NOTHING_YET = 0;

    private final Map<Long, Integer> told = new HashMap<>();
    private final Set<Long> mute = new HashSet<>();
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
        return voters.selfCounted() ? agreed.code() : NOTHING_YET;
    }

    /** Whether this node may confirm that member's heartbeats. */
    boolean confirms(long uid) {
        return seen.of(uid).isPresent() && agreed.of(uid).isPresent();
    }

    boolean knows(long uid) {
        return seen.of(uid).isPresent()
                || agreed.of(uid).isPresent()
                || voters.of(uid).isPresent();
    }

    /** {@code silent}: who can have no lease any more by this node's word. */
    void sees(Members now, LongPredicate silent) {
        seen = now.standing();
        look(silent);
    }

    /** Time has passed. */
    void look(LongPredicate silent) {
        if (seen.equals(voters) && seen.equals(agreed)) {
            return;
        }
        boolean quiet = agreed.all().stream()
                .allMatch(peer -> peer.uid() == self || seen.of(peer.uid()).isPresent() || silent.test(peer.uid()));
        if (quiet) {
            agreed = seen;
        }
        adopt();
    }

    /** What a peer told of its view, which may be before this node sees it as a member. */
    void heard(long uid, int code) {
        told.put(uid, code);
        adopt();
    }

    /** That peer is of 0.1.0 and will never tell. */
    void mute(long uid) {
        mute.add(uid);
        adopt();
    }

    /** That member has left by itself, with the knowledge of all. */
    void left(long uid) {
        seen = seen.without(uid);
        agreed = agreed.without(uid);
        voters = voters.without(uid);
        adopt();
    }

    private void adopt() {
        if (!agreed.selfCounted()) {
            return;
        }
        if (voters.selfCounted() ? voters.keeps(uid -> uid == self || agrees(uid)) : taken()) {
            voters = agreed;
            mute.removeIf(uid -> !knows(uid));
            told.keySet().removeIf(uid -> !knows(uid));
        }
    }

    /** For one that has just come: alone, or with the word of those who were there before. */
    private boolean taken() {
        Members before = new Members(
                self,
                agreed.all().stream()
                        .filter(peer -> peer.uid() != self && told.getOrDefault(peer.uid(), -1) != NOTHING_YET)
                        .toList());
        return agreed.all().size() == 1 || before.keeps(this::agrees);
    }

    private boolean agrees(long uid) {
        Integer code = told.get(uid);
        return agreed.of(uid).isPresent() && (code == null ? mute.contains(uid) : code == agreed.code());
    }
}
