package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.Expectations;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;

/** A history made by hand: one with which every checker is content, to be changed line by line. */
public final class MadeRun {
    public static final String WRITER_ONE = "n1-life-1";
    public static final String WRITER_TWO = "n2-life-1";
    public static final double FAULT_AT = 10_000;
    public static final double HEALED_AT = 16_000;
    private static final double ASKED_AT = 70_000;
    private static final int SIPP_FIRST = 10_100;
    private static final int SIPP_LAST = 10_141;

    private static final Set<Verb> AFTER_RINGING = EnumSet.of(
            Verb.ANSWER, Verb.HEAR_AT_CALLER, Verb.HEAR_AT_CALLEE, Verb.HOLD, Verb.RESUME, Verb.BYE, Verb.END);

    private Entry.Begin begin;
    private List<Entry> entries = new ArrayList<>();
    private List<String> damage = List.of();

    private MadeRun(Entry.Begin begin) {
        this.begin = begin;
    }

    public static MadeRun empty(Entry.Begin begin) {
        return new MadeRun(begin);
    }

    public static Entry.Begin begin(String title, Expectations expect) {
        return new Entry.Begin(
                0,
                "frozen-node",
                title,
                42,
                "netns",
                "2026-11-27T19:31:52Z",
                "office",
                "h2",
                List.of("n1", "n2", "w"),
                List.of("10.77.0.1", "10.77.0.2"),
                true,
                true,
                51_000,
                expect);
    }

    /** What a scenario allows by default: half a second of silence, two seconds to the ringing, nothing lost. */
    public static Expectations strict() {
        return new Expectations(500, 2000, 0, 0, false, true);
    }

    /**
     * n2 is frozen from 10 to 16 s and ends itself when it wakes. Calls 1 to 4, from 1000, 1001 and so on to 2000, 2001 and so on; call 2 is
     * up when the fault strikes and is held later, call 3 is placed during it.
     */
    public static MadeRun good() {
        var run = new MadeRun(begin("A node freezes and comes back", strict()));
        for (int i = 1; i <= 4; i++) {
            run.with(register(caller(i)), register(called(i)));
        }
        run.with(call(1, 2_000, 40, 3_000, List.of()));
        run.with(call(2, 8_000, 45, 20_000, List.of(new Silence(10_050, 180, false))));
        run.with(
                operation(2, 14_000, 14_060, caller(2), Verb.HOLD),
                operation(2, 15_000, 15_070, caller(2), Verb.RESUME));
        run.with(
                fault(FAULT_AT, FAULT_AT + 3, "inject"),
                new Entry.NodeProcess(16_400, "n2", 4711, "ended"),
                fault(HEALED_AT, HEALED_AT + 2, "heal"),
                new Entry.Woken(17_000, "n2", 400, 0, 0),
                new Entry.NodeProcess(19_000, "n2", 4712, "started"));
        run.with(call(3, 12_000, 320, 6_000, List.of()));
        run.with(call(4, 35_000, 50, 5_000, List.of(new Silence(37_000, 62, false))));
        run.atTheEnd(4);
        return run;
    }

    /** What is asked, read and counted after the last of so many calls. */
    private void atTheEnd(int calls) {
        for (int i = 1; i <= calls; i++) {
            with(binding(caller(i)), binding(called(i)));
        }
        with(
                new Entry.Speech(16_000, 2_000, "10.77.0.2", "n2", 700),
                new Entry.Speech(40_000, 10_200, "10.77.0.2", "n1", 900),
                new Entry.Speech(40_000, 2_000, "10.77.0.1", "n1", 2_000),
                new Entry.Writing(ASKED_AT, "call-a", 1, 4, WRITER_ONE, 2_000, 3_000),
                new Entry.Writing(ASKED_AT, "call-b", 1, 2, WRITER_TWO, 8_000, 9_000),
                new Entry.Writing(ASKED_AT, "call-b", 3, 4, WRITER_ONE, 10_100, 28_000),
                new Entry.Left(ASKED_AT, "media ports", 0, 0, ""),
                new Entry.Left(ASKED_AT, "processes", 5, 5, ""),
                new Entry.Phones(ASKED_AT, 12, List.of()));
    }

    public static String caller(long call) {
        return Long.toString(999 + call);
    }

    public static String called(long call) {
        return Long.toString(1999 + call);
    }

    /** A call from its INVITE to its record; the caller hangs up after so much talk, and he heard the silences. */
    public static List<Entry> call(long id, double placed, double ringing, double talk, List<Silence> silences) {
        String caller = caller(id);
        String called = called(id);
        double answered = placed + ringing + 800;
        double connected = answered + 30;
        double bye = connected + talk;
        var lines = new ArrayList<Entry>();
        lines.add(new Entry.Placed(placed, id, caller, called, called, "direct"));
        lines.add(operation(id, placed, placed + ringing - 5, called, Verb.REACH));
        lines.add(operation(id, placed, placed + ringing, caller, Verb.RING));
        lines.add(operation(id, answered, answered + 40, called, Verb.ANSWER));
        lines.add(operation(id, answered, connected, caller, Verb.CONNECT));
        lines.add(operation(id, connected, connected + 60, caller, Verb.HEAR_AT_CALLER));
        lines.add(operation(id, connected, connected + 50, called, Verb.HEAR_AT_CALLEE));
        lines.add(new Entry.Audio(bye, connected, id, Side.CALLER, (long) (talk / 20), silences, 0, 0, 0, 0));
        lines.add(new Entry.Audio(bye, connected, id, Side.CALLEE, (long) (talk / 20), List.of(), 0, 0, 0, 0));
        lines.add(operation(id, bye, bye + 20, caller, Verb.BYE));
        lines.add(operation(id, bye, bye + 25, called, Verb.END));
        lines.add(new Entry.Over(bye + 30, id, true, "", List.of("a" + id + "@phone", "b" + id + "@pbx")));
        lines.add(record("r" + id, id, placed + 4, answered + 10, bye + 10));
        return lines;
    }

    public static Entry.CallDetail record(String name, long call, double start, double answer, double end) {
        return new Entry.CallDetail(
                ASKED_AT, name, caller(call), called(call), called(call), start, answer, end, "caller", 16, false);
    }

    public static Entry.Operation operation(long call, double began, double at, String phone, Verb verb) {
        return new Entry.Operation(at, began, call, phone, verb, Result.OK, 200, "");
    }

    public static Entry.Operation with(Entry.Operation one, Result result, int status, String reason) {
        return new Entry.Operation(one.at(), one.began(), one.call(), one.phone(), one.verb(), result, status, reason);
    }

    private static Entry.Operation register(String phone) {
        return operation(0, 100, 120, phone, Verb.REGISTER);
    }

    public static Entry.Binding binding(String phone) {
        return new Entry.Binding(ASKED_AT, phone, true, "");
    }

    private static Entry.Fault fault(double began, double at, String phase) {
        return new Entry.Fault(at, began, "f", "freeze", List.of("n2"), phase, Result.OK, "");
    }

    public MadeRun with(Entry... lines) {
        return with(List.of(lines));
    }

    public MadeRun with(List<? extends Entry> lines) {
        entries.addAll(lines);
        return this;
    }

    /** Leaves out all lines of a kind for which it holds; at least one, or the test says nothing. */
    public <T extends Entry> MadeRun without(Class<T> kind, Predicate<T> which) {
        return replace(kind, which, _ -> List.of());
    }

    public <T extends Entry> MadeRun change(Class<T> kind, Predicate<T> which, UnaryOperator<T> how) {
        return replace(kind, which, one -> List.of(how.apply(one)));
    }

    private <T extends Entry> MadeRun replace(Class<T> kind, Predicate<T> which, Function<T, List<T>> how) {
        var changed = new ArrayList<Entry>();
        int found = 0;
        for (Entry entry : entries) {
            if (kind.isInstance(entry) && which.test(kind.cast(entry))) {
                found++;
                changed.addAll(how.apply(kind.cast(entry)));
            } else {
                changed.add(entry);
            }
        }
        if (found == 0) {
            throw new IllegalStateException("no such line of " + kind.getSimpleName());
        }
        entries = changed;
        return this;
    }

    /** SIPp was asked for, and so many of its calls have a record; nothing is said yet of what it saw. */
    public MadeRun withSecondLoad(int records) {
        with(new Entry.SecondLoad(50, 2, 5_000, SIPP_FIRST, SIPP_LAST));
        for (int i = 0; i < records; i++) {
            with(sippRecord("s" + i, 9_000));
        }
        return this;
    }

    /** Of a call from SIPp's first phone to its last one. */
    public static Entry.CallDetail sippRecord(String id, double answer) {
        String caller = Integer.toString(SIPP_FIRST);
        String called = Integer.toString(SIPP_LAST);
        return new Entry.CallDetail(ASKED_AT, id, caller, called, called, 8_000, answer, 14_000, "caller", 16, false);
    }

    public static Entry.SecondOpinion sippSaw(
            long calls, long succeeded, long refused, long failed, long taken, long ended) {
        return new Entry.SecondOpinion(
                60_000, 200, calls, succeeded, refused, failed, failed, 4, taken, ended, failed == 0 ? "" : "a 486");
    }

    /** The operation of that call with another result. */
    public MadeRun operation(long call, Verb verb, Result result) {
        return change(
                Entry.Operation.class,
                one -> one.call() == call && one.verb() == verb,
                one -> with(one, result, result == Result.FAILED ? 500 : 0, "as the test says"));
    }

    /** It rang and nobody answered, and its record says so. */
    public MadeRun notConnected(long call, Result result) {
        return without(Entry.Operation.class, one -> one.call() == call && AFTER_RINGING.contains(one.verb()))
                .without(Entry.Audio.class, one -> one.call() == call)
                .operation(call, Verb.CONNECT, result)
                .change(
                        Entry.Over.class,
                        over -> over.call() == call,
                        over -> new Entry.Over(over.at(), call, false, "", over.callIds()))
                .change(
                        Entry.CallDetail.class,
                        one -> one.id().equals("r" + call),
                        one -> new Entry.CallDetail(
                                one.at(),
                                one.id(),
                                one.caller(),
                                one.called(),
                                "",
                                one.startAt(),
                                -1,
                                one.endAt(),
                                "pbx",
                                31,
                                false));
    }

    /** Another beginning. */
    public MadeRun begun(UnaryOperator<Entry.Begin> how) {
        begin = how.apply(begin);
        return this;
    }

    public MadeRun expecting(Expectations expect) {
        return begun(one -> new Entry.Begin(
                one.at(),
                one.scenario(),
                one.title(),
                one.seed(),
                one.ground(),
                one.wall(),
                one.topology(),
                one.store(),
                one.nodes(),
                one.addresses(),
                one.capture(),
                one.journal(),
                one.loadEnds(),
                expect));
    }

    public MadeRun looking(boolean capture, boolean journal) {
        return begun(one -> new Entry.Begin(
                one.at(),
                one.scenario(),
                one.title(),
                one.seed(),
                one.ground(),
                one.wall(),
                one.topology(),
                one.store(),
                one.nodes(),
                one.addresses(),
                capture,
                journal,
                one.loadEnds(),
                one.expect()));
    }

    public MadeRun damaged(String what) {
        damage = List.of(what);
        return this;
    }

    public History history() {
        return new History(begin, entries, damage);
    }

    public Verdict verdict() {
        return Verdict.of(history());
    }
}
