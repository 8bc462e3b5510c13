package org.sempervox.chaos.run;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

/** Says on the console what happens, while it happens. */
final class Progress implements Consumer<Entry> {
    private final long start = System.nanoTime();
    private final Consumer<String> out;
    private final AtomicLong over = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();

    Progress(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.Operation operation -> operation(operation);
            case Entry.Over ended -> over(ended);
            case Entry.Fault fault ->
                say("%s %s%s: %s%s"
                        .formatted(
                                fault.phase().equals("heal") ? "healed" : "FAULT",
                                fault.name(),
                                of(fault.targets()),
                                fault.detail(),
                                fault.result() == Result.OK
                                        ? ""
                                        : " (" + fault.result().name().toLowerCase(Locale.ROOT) + ")"));
            case Entry.NodeProcess process ->
                say("process of " + process.node() + " " + process.event() + ", pid " + process.pid());
            case Entry.Woken woken ->
                say(
                        woken.endedMs() < 0
                                ? woken.node() + " came back and goes on"
                                : "%s came back and ended itself after %.0f ms"
                                        .formatted(woken.node(), woken.endedMs()));
            case Entry.Note note -> say(note.text());
            case Entry.SecondOpinion second ->
                say("SIPp: %d calls, %d succeeded, %d refused, %d failed"
                        .formatted(second.calls(), second.succeeded(), second.refused(), second.failed()));
            case Entry.Begin _,
                    Entry.Placed _,
                    Entry.Audio _,
                    Entry.Binding _,
                    Entry.CallDetail _,
                    Entry.Violation _,
                    Entry.Speech _,
                    Entry.Overlap _,
                    Entry.Writing _,
                    Entry.Left _,
                    Entry.Phones _,
                    Entry.SecondLoad _ -> {}
        }
    }

    private static String of(List<String> targets) {
        return targets.isEmpty() ? "" : " of " + String.join(", ", targets);
    }

    private void operation(Entry.Operation one) {
        if (one.verb() == Verb.CONNECT && one.result() == Result.OK) {
            connected.incrementAndGet();
        }
        if (one.result() != Result.OK && one.verb() != Verb.REGISTER) {
            bad.incrementAndGet();
            say("call %d: %s of %s %s %s %s"
                    .formatted(
                            one.call(),
                            one.verb().name().toLowerCase(Locale.ROOT),
                            one.phone(),
                            one.result().name().toLowerCase(Locale.ROOT),
                            one.status() == 0 ? "" : Integer.toString(one.status()),
                            one.reason()));
        }
    }

    private void over(Entry.Over ended) {
        over.incrementAndGet();
        if (!ended.stuck().isEmpty()) {
            say("call " + ended.call() + " is stuck: " + ended.stuck());
        }
    }

    void calls(int up, int placed) {
        say("%d calls up, %d placed, %d connected, %d over, %d not as they should be"
                .formatted(up, placed, connected.get(), over.get(), bad.get()));
    }

    void say(String line) {
        out.accept("%6.1f s  %s".formatted((System.nanoTime() - start) / 1e9, line));
    }
}
