package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an incarnation knows beyond the journal and may lose (S2): what it has brought about, which of it is proved, provisional responses.
 * After a take-over it is empty and everything owed is brought about again.
 *
 * @param issued what was brought about in this incarnation, by key
 * @param proved keys that need no more (ACK seen, BYE answered, plan applied)
 * @param provisional legs whose INVITE got a 1xx
 * @param progress last provisional status sent to the caller, 100 after the call was placed; its SDP in {@code progressSdp}
 * @param ringAt first 180 of a called phone
 * @param preparing a look-up is under way
 * @param recovered this incarnation took the call over
 * @param since when it did; null before {@link CallMachine#due} has run for the first time
 * @param started when the call came to this node, before its history was read and whatever failed since, as {@link #proving(Instant, Optional)};
 *     null if it began here
 */
public record CallMemory(
        Map<String, Issue> issued,
        Set<String> proved,
        Set<Integer> provisional,
        int progress,
        String progressSdp,
        @Nullable Instant ringAt,
        boolean preparing,
        boolean recovered,
        @Nullable Instant since,
        @Nullable Instant started) {
    private static final String INVITE = "invite/";

    /** Three repetitions (T1, 2·T1, 4·T1) and the longest take-over. */
    private static final Duration REPEATED = Duration.ofSeconds(6);

    /** Times brought about and when next; null next: not by itself. */
    public record Issue(int times, @Nullable Instant next, int service) {}

    /** What to bring about now, and the memory of having done it. */
    record Due(List<CallEffect> effects, CallMemory memory) {}

    public CallMemory {
        issued = Map.copyOf(issued);
        proved = Set.copyOf(proved);
        provisional = Set.copyOf(provisional);
    }

    public static CallMemory fresh() {
        return new CallMemory(Map.of(), Set.of(), Set.of(), 100, "", null, false, false, null, null);
    }

    /**
     * The time of a take-over at {@code now} as far as it proves anything ({@link #longSettled}): what happened in an outage that had just
     * ended was stored at its end, and may have been said once or never.
     */
    public static Instant proving(Instant now, Optional<Outage> outage) {
        return outage.filter(silent -> now.isBefore(silent.until().plus(REPEATED)))
                .map(silent -> silent.from().plus(REPEATED))
                .filter(now::isAfter)
                .orElse(now);
    }

    public static CallMemory afterTakeOver(Instant started) {
        return new CallMemory(Map.of(), Set.of(), Set.of(), 100, "", null, false, true, null, started);
    }

    CallMemory issuing(Map<String, Issue> next) {
        return new CallMemory(
                next, proved, provisional, progress, progressSdp, ringAt, preparing, recovered, since, started);
    }

    CallMemory running(Instant now) {
        return recovered && since == null
                ? new CallMemory(
                        issued, proved, provisional, progress, progressSdp, ringAt, preparing, recovered, now, started)
                : this;
    }

    /** What happened then happened to another incarnation: its proofs, if there were any, are not known. */
    boolean inherited(Instant event) {
        return recovered && (since == null || !event.isAfter(since));
    }

    /**
     * What awaited an ACK since then has had it: the node before would have repeated it several times before the call came here. To
     * repeat it once more would reach a phone long after (some take it for the answer to their next request). What this node itself had to
     * wait for, a store that does not answer, proves nothing.
     */
    boolean longSettled(Instant event) {
        return recovered && started != null && started.isAfter(event.plus(REPEATED));
    }

    CallMemory proving(String key) {
        if (proved.contains(key)) {
            return this;
        }
        var all = new HashSet<>(proved);
        all.add(key);
        return new CallMemory(
                issued, all, provisional, progress, progressSdp, ringAt, preparing, recovered, since, started);
    }

    /** All that this incarnation has proved or needs to do only once, for the one that follows it. */
    Set<String> settled(java.util.function.Predicate<String> once) {
        var all = new HashSet<>(proved);
        issued.keySet().stream().filter(once).forEach(all::add);
        return all;
    }

    /** To be brought about again: what proved it is no longer so. */
    CallMemory doubting(String key) {
        var left = new HashSet<>(proved);
        left.remove(key);
        var again = new HashMap<>(issued);
        again.remove(key);
        return new CallMemory(
                again, left, provisional, progress, progressSdp, ringAt, preparing, recovered, since, started);
    }

    CallMemory hearing(int leg) {
        if (provisional.contains(leg)) {
            return this;
        }
        var all = new HashSet<>(provisional);
        all.add(leg);
        return new CallMemory(issued, proved, all, progress, progressSdp, ringAt, preparing, recovered, since, started);
    }

    CallMemory progressing(int status, String sdp, Instant at) {
        Instant rung = ringAt == null && status == 180 ? at : ringAt;
        return new CallMemory(issued, proved, provisional, status, sdp, rung, preparing, recovered, since, started);
    }

    CallMemory preparing(boolean now) {
        return new CallMemory(
                issued, proved, provisional, progress, progressSdp, ringAt, now, recovered, since, started);
    }

    /** The node that brought these about is gone: not issued any more (S17). A phone that has said 1xx needs no second INVITE. */
    CallMemory moved(int service) {
        var left = new HashMap<String, Issue>();
        issued.forEach((key, issue) -> {
            if (issue.service() != service || rings(key)) {
                left.put(key, issue);
            }
        });
        return issuing(left);
    }

    private boolean rings(String key) {
        return key.startsWith(INVITE) && provisional.stream().anyMatch(leg -> key.equals(INVITE + leg));
    }

    /** As if this incarnation had sent the INVITE of a leg and heard its 1xx. */
    CallMemory ringing(int leg) {
        var all = new HashMap<>(issued);
        all.put(INVITE + leg, new Issue(1, null, -1));
        return issuing(all).hearing(leg);
    }
}
