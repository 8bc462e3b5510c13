package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;

/** The lines of one call together. */
public record CallStory(
        Entry.Placed placed, List<Entry.Operation> operations, List<Entry.Audio> audio, Optional<Entry.Over> over) {

    public CallStory {
        operations = List.copyOf(operations);
        audio = List.copyOf(audio);
    }

    /** All calls of a history, in the order in which they were placed. */
    public static List<CallStory> of(History history) {
        var placed = new LinkedHashMap<Long, Entry.Placed>();
        var operations = new LinkedHashMap<Long, List<Entry.Operation>>();
        var audio = new LinkedHashMap<Long, List<Entry.Audio>>();
        var over = new LinkedHashMap<Long, Entry.Over>();
        history.stream(Entry.Placed.class).forEach(one -> placed.put(one.call(), one));
        history.stream(Entry.Operation.class)
                .forEach(one -> operations
                        .computeIfAbsent(one.call(), _ -> new ArrayList<>())
                        .add(one));
        history.stream(Entry.Audio.class)
                .forEach(one -> audio.computeIfAbsent(one.call(), _ -> new ArrayList<>())
                        .add(one));
        history.stream(Entry.Over.class).forEach(one -> over.put(one.call(), one));
        var all = new ArrayList<CallStory>();
        placed.forEach((id, one) -> all.add(new CallStory(
                one,
                operations.getOrDefault(id, List.of()),
                audio.getOrDefault(id, List.of()),
                Optional.ofNullable(over.get(id)))));
        return all;
    }

    public long id() {
        return placed.call();
    }

    /** What a phone did with success, the first time. */
    public Optional<Entry.Operation> done(Verb verb) {
        return operations.stream()
                .filter(one -> one.verb() == verb && one.result() == Result.OK)
                .findFirst();
    }

    /** Whether the caller was connected. */
    public boolean established() {
        return done(Verb.CONNECT).isPresent();
    }

    /** The first hold, resume or hanging-up that was not done, or is not known to have been. */
    public Optional<Entry.Operation> broken() {
        return operations.stream()
                .filter(one -> one.verb().keeps() && one.result() != Result.OK)
                .findFirst();
    }

    /** It was established, and not every hold, resume and hanging-up is known to have been done. */
    public boolean lost() {
        boolean ended = done(Verb.BYE).isPresent() && done(Verb.END).isPresent();
        return established() && (broken().isPresent() || !ended);
    }

    /** Whether anybody tells what that side heard. */
    boolean heardAt(Side side) {
        return audio.stream().anyMatch(one -> one.listener() == side);
    }

    /** Call 12 (1000 to 1001, placed at 17.3 s). */
    public String name() {
        return "call %d (%s to %s, placed at %.1f s)"
                .formatted(placed.call(), placed.caller(), placed.called(), placed.at() / 1000);
    }

    static String words(Entry.Operation one) {
        return "%s of %s at %.1f s: %s%s%s"
                .formatted(
                        one.verb().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                        one.phone(),
                        one.began() / 1000,
                        one.result().name().toLowerCase(java.util.Locale.ROOT),
                        one.status() == 0 ? "" : " " + one.status(),
                        one.reason().isEmpty() ? "" : " (" + one.reason() + ")");
    }
}
