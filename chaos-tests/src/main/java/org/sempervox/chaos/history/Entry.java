package org.sempervox.chaos.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One line of a history: an operation with what became of it, or an observation. All times are milliseconds since the run began, on one
 * monotonic clock; {@code at} is when the line was complete, {@code began} when the operation or the window of observation began.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = Entry.Placed.class, name = "placed"),
    @JsonSubTypes.Type(value = Entry.Operation.class, name = "operation"),
    @JsonSubTypes.Type(value = Entry.Audio.class, name = "audio"),
    @JsonSubTypes.Type(value = Entry.Over.class, name = "over"),
    @JsonSubTypes.Type(value = Entry.Fault.class, name = "fault"),
    @JsonSubTypes.Type(value = Entry.NodeProcess.class, name = "process"),
    @JsonSubTypes.Type(value = Entry.Woken.class, name = "woken"),
    @JsonSubTypes.Type(value = Entry.Binding.class, name = "binding"),
    @JsonSubTypes.Type(value = Entry.CallDetail.class, name = "record"),
    @JsonSubTypes.Type(value = Entry.Violation.class, name = "violation"),
    @JsonSubTypes.Type(value = Entry.Speech.class, name = "speech"),
    @JsonSubTypes.Type(value = Entry.Overlap.class, name = "overlap"),
    @JsonSubTypes.Type(value = Entry.Writing.class, name = "writing"),
    @JsonSubTypes.Type(value = Entry.Left.class, name = "left"),
    @JsonSubTypes.Type(value = Entry.Phones.class, name = "phones"),
    @JsonSubTypes.Type(value = Entry.SecondLoad.class, name = "second-load"),
    @JsonSubTypes.Type(value = Entry.SecondOpinion.class, name = "second-opinion"),
    @JsonSubTypes.Type(value = Entry.Note.class, name = "note")
})
public sealed interface Entry {
    double at();

    /**
     * The first line: everything that a verdict needs besides what happened.
     *
     * @param ground where the cluster ran: {@code here}, {@code netns} or the inventory's name
     * @param wall ISO-8601 time of zero
     * @param nodes the full nodes, then the witness
     * @param capture whether the network was captured, so that who spoke is known
     * @param journal whether the store's rows are read at the end, so that who wrote is known
     */
    record Begin(
            double at,
            String scenario,
            String title,
            long seed,
            String ground,
            String wall,
            String topology,
            String store,
            List<String> nodes,
            List<String> addresses,
            boolean capture,
            boolean journal,
            double loadEnds,
            Expectations expect)
            implements Entry {}

    /**
     * A call whose INVITE is about to leave.
     *
     * @param called the number dialled
     * @param answers the number whose phone is to answer
     * @param way {@code direct}, {@code forked} or {@code forwarded}
     */
    record Placed(double at, long call, String caller, String called, String answers, String way) implements Entry {}

    /**
     * Something that a phone did or waited for.
     *
     * @param call zero if it belongs to none
     * @param phone number of who did it
     * @param status SIP status, zero if none
     */
    record Operation(
            double at, double began, long call, String phone, Verb verb, Result result, int status, String reason)
            implements Entry {}

    /** A silence: when it began and how long it was beyond one packet time, in milliseconds; {@code open}: it had not ended. */
    record Silence(double from, double ms, boolean open) {}

    /**
     * What one side heard in a stretch in which both talk.
     *
     * @param heard packets of the right sender
     * @param silences those of at least 60 ms
     * @param strange packets of another call
     * @param own packets of this phone itself
     * @param wrongWay packets that name this side as their sender
     * @param jumps breaks in the sender's own numbering: lost, repeated or reordered
     */
    record Audio(
            double at,
            double began,
            long call,
            Side listener,
            long heard,
            List<Silence> silences,
            long strange,
            long own,
            long wrongWay,
            long jumps)
            implements Entry {}

    /** A call is over at both phones, or it was given up: then {@code stuck} says at which phone it goes on. */
    record Over(double at, long call, boolean established, String stuck, List<String> callIds) implements Entry {}

    /**
     * A fault or its end.
     *
     * @param id column of the failover matrix
     * @param phase {@code inject} or {@code heal}
     */
    record Fault(
            double at,
            double began,
            String id,
            String name,
            List<String> targets,
            String phase,
            Result result,
            String detail)
            implements Entry {}

    /** What the operating system says of a node: {@code ended}, {@code started}. */
    record NodeProcess(double at, String node, long pid, String event) implements Entry {}

    /**
     * A frozen node was woken, or a cut one reached again.
     *
     * @param endedMs until its process had ended; negative if it goes on
     * @param spoke packets that it sent from a service address after waking; negative if nobody captured
     * @param repeats packets that anybody heard again or in the wrong order until a second after; negative if not looked at
     */
    record Woken(double at, String node, double endedMs, long spoke, long repeats) implements Entry {}

    /** A phone asked for its binding at the end. */
    record Binding(double at, String phone, boolean found, String detail) implements Entry {}

    /** A call detail record; times are milliseconds since the run began by the nodes' wall clock, negative if none. */
    record CallDetail(
            double at,
            String id,
            String caller,
            String called,
            String connected,
            double startAt,
            double answerAt,
            double endAt,
            String endedBy,
            int q850Cause,
            boolean estimated)
            implements Entry {}

    /** A phone saw the server break the protocol. */
    record Violation(double at, String phone, String rule, String callId, String detail) implements Entry {}

    /** A stretch in which a host sent from a service address without a pause of more than 100 ms. */
    record Speech(double at, double began, String address, String host, long packets) implements Entry {}

    /** Milliseconds in which more than one host sent from the same service address. */
    record Overlap(double at, double began, String address, List<String> hosts, long milliseconds) implements Entry {}

    /**
     * Consecutive rows of one history in the store by one writer.
     *
     * @param writer the incarnation of the entity that stored them
     * @param from when the first was handed to the store, by the writer's wall clock
     * @param to when the last was
     */
    record Writing(double at, String entity, long first, long last, String writer, double from, double to)
            implements Entry {}

    /** Something counted by the operating system before the first call and after the last; more afterwards is left behind. */
    record Left(double at, String what, long before, long after, String detail) implements Entry {}

    /** The phones themselves: how late they were at worst, and their defects. Silences shorter than that prove nothing. */
    record Phones(double at, double worstLateMs, List<String> defects) implements Entry {}

    /**
     * A program that is not ours (SIPp) will place calls as well; what it saw is to come in a {@link SecondOpinion}.
     *
     * @param firstNumber of its phones, whom nobody else calls; they are numbered without a gap
     */
    record SecondLoad(double at, double callsPerSecond, long talkMs, int firstNumber, int lastNumber) implements Entry {
        public boolean has(String number) {
            return number.matches("[0-9]{1,9}")
                    && Integer.parseInt(number) >= firstNumber
                    && Integer.parseInt(number) <= lastNumber;
        }
    }

    /**
     * What that program counted, by its own statistics.
     *
     * @param calls that its callers began
     * @param succeeded talked in, and hung up with an answer to the BYE
     * @param refused told 503
     * @param failed for any other reason; {@code unexpected} of them for a message that no caller expects
     * @param retransmissions that its callers sent
     * @param taken calls that its callees took
     * @param ended those of them that ended as they should
     * @param trouble its own first words about what went wrong; empty if nothing did
     */
    record SecondOpinion(
            double at,
            double began,
            long calls,
            long succeeded,
            long refused,
            long failed,
            long unexpected,
            long retransmissions,
            long taken,
            long ended,
            String trouble)
            implements Entry {}

    /** For people. */
    record Note(double at, String text) implements Entry {}
}
