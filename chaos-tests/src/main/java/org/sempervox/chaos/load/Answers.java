package org.sempervox.chaos.load;

import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

/** From what a phone says to a line of the history. */
final class Answers {
    private Answers() {}

    static Entry.Operation operation(
            HistoryFile history, double began, long call, String phone, Verb verb, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok ok ->
                new Entry.Operation(history.now(), began, call, phone, verb, Result.OK, ok.status(), "");
            case Outcome.Failed failed ->
                new Entry.Operation(
                        history.now(), began, call, phone, verb, Result.FAILED, failed.status(), failed.reason());
            case Outcome.Unknown unknown ->
                new Entry.Operation(history.now(), began, call, phone, verb, Result.UNKNOWN, 0, unknown.reason());
        };
    }
}
