package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;
import org.sempervox.chaos.verdict.MadeRun;

/** A run as an operator sees it: a minute of random calls, a node killed that comes back, one frozen later, a few silences. */
final class RealisticRun {
    private static final double KILL = 15_000;
    private static final double FREEZE = 36_000;
    private static final double WOKEN = 44_000;

    private RealisticRun() {}

    static MadeRun good(long seed, int calls) {
        var random = new SplittableRandom(seed);
        MadeRun run = MadeRun.empty(
                MadeRun.begin("The busiest node is killed, then the other one freezes", MadeRun.strict()));
        double at = 1_000;
        for (int id = 1; id <= calls; id++) {
            run.with(
                    MadeRun.operation(0, 100, 130, MadeRun.caller(id), Verb.REGISTER),
                    MadeRun.operation(0, 100, 130, MadeRun.called(id), Verb.REGISTER));
        }
        for (int id = 1; id <= calls; id++) {
            at += random.nextDouble(0.2, 1.8) * 50_000 / calls;
            double talk = random.nextDouble(6_000, 16_000);
            boolean struck = at > KILL - 200 && at < KILL + 1500 || at > FREEZE - 200 && at < FREEZE + 2500;
            double ringing = struck ? random.nextDouble(150, 1300) : random.nextDouble(18, 70);
            run.with(MadeRun.call(id, at, ringing, talk, silences(random, at + ringing + 1000, at + talk)));
            List<Silence> heardByCallee = silences(random, at + ringing + 1000, at + talk);
            long call = id;
            run.change(
                    Entry.Audio.class,
                    audio -> audio.call() == call && audio.listener() == Side.CALLEE,
                    audio -> audio(audio, audio.heard(), heardByCallee));
        }
        faults(run);
        end(run, calls);
        return run;
    }

    /** The same with a lost call, two that were not connected, a silence without end, a wrong record and a phone that is not registered. */
    static MadeRun bad(long seed, int calls) {
        return good(seed, calls)
                .operation(9, Verb.BYE, Result.UNKNOWN)
                .operation(9, Verb.END, Result.UNKNOWN)
                .change(
                        Entry.Over.class,
                        over -> over.call() == 9,
                        over -> new Entry.Over(over.at(), 9, true, "the callee <1008> & \"friends\"", over.callIds()))
                .notConnected(13, Result.UNKNOWN)
                .operation(13, Verb.RING, Result.UNKNOWN)
                .notConnected(12, Result.FAILED)
                .change(
                        Entry.Audio.class,
                        audio -> audio.call() == 7,
                        audio -> audio(
                                audio,
                                audio.heard() - 90,
                                List.of(new Silence(KILL + 40, audio.at() - KILL - 40, true))))
                .change(
                        Entry.Binding.class,
                        binding -> binding.phone().equals("1004"),
                        binding -> new Entry.Binding(binding.at(), "1004", false, "404 <script>alert(1)</script>"))
                .with(new Entry.Overlap(36_900, 36_100, "10.77.0.1", List.of("n1", "n2"), 14));
    }

    private static Entry.Audio audio(Entry.Audio one, long heard, List<Silence> silences) {
        return new Entry.Audio(one.at(), one.began(), one.call(), one.listener(), heard, silences, 0, 0, 0, 0);
    }

    private static List<Silence> silences(SplittableRandom random, double from, double to) {
        var all = new ArrayList<Silence>();
        if (from < KILL && to > KILL && random.nextInt(3) > 0) {
            all.add(new Silence(KILL + random.nextDouble(20), random.nextDouble(90, 240), false));
        }
        if (from < FREEZE && to > FREEZE && random.nextInt(3) > 0) {
            all.add(new Silence(FREEZE + random.nextDouble(20), random.nextDouble(200, 480), false));
        }
        if (random.nextInt(4) == 0) {
            all.add(new Silence(random.nextDouble(from, Math.max(from + 1, to)), random.nextDouble(60, 85), false));
        }
        return all;
    }

    private static void faults(MadeRun run) {
        run.with(
                fault(KILL, KILL + 4, "e", "kill", "n2", "inject"),
                new Entry.NodeProcess(KILL + 5, "n2", 311, "ended"),
                new Entry.NodeProcess(KILL + 3_000, "n2", 355, "started"),
                fault(FREEZE, FREEZE + 2, "f", "freeze", "n1", "inject"),
                fault(WOKEN, WOKEN + 2, "f", "freeze", "n1", "heal"),
                new Entry.NodeProcess(WOKEN + 350, "n1", 310, "ended"),
                new Entry.Woken(WOKEN + 1_000, "n1", 350, 0, 0),
                new Entry.NodeProcess(WOKEN + 3_500, "n1", 402, "started"));
    }

    private static Entry.Fault fault(double began, double at, String id, String name, String node, String phase) {
        return new Entry.Fault(at, began, id, name, List.of(node), phase, Result.OK, "");
    }

    private static void end(MadeRun run, int calls) {
        for (int id = 1; id <= calls; id++) {
            run.with(MadeRun.binding(MadeRun.caller(id)), MadeRun.binding(MadeRun.called(id)));
        }
        run.with(
                new Entry.Speech(15_000, 2_000, "10.77.0.2", "n2", 17_211),
                new Entry.Speech(60_000, 15_180, "10.77.0.2", "n1", 40_211),
                new Entry.Writing(72_000, "call-a", 1, 4, MadeRun.WRITER_ONE, 2_000, 9_000),
                new Entry.Left(72_000, "media ports", 0, 0, ""),
                new Entry.Left(72_000, "processes", 5, 5, ""),
                new Entry.Phones(72_000, 9, List.of()));
    }
}
