package org.sempervox.chaos.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.sempervox.chaos.history.Entry;

/** A line of a history as a sentence; not escaped. */
final class Words {
    private Words() {}

    static String of(Entry entry) {
        return switch (entry) {
            case Entry.Placed one ->
                String.format(
                        Locale.ROOT,
                        "%s dials %s (%s); %s is to answer",
                        one.caller(),
                        one.called(),
                        one.way(),
                        one.answers());
            case Entry.Operation one -> operation(one);
            case Entry.Audio one -> audio(one);
            case Entry.Over one ->
                (one.stuck().isEmpty() ? "the call is over at both phones" : "the call goes on: " + one.stuck())
                        + (one.callIds().isEmpty() ? "" : "; Call-ID " + String.join(", ", one.callIds()));
            case Entry.Fault one ->
                (one.phase().equals("inject") ? "fault: " : "fault healed: ") + FaultTable.what(one);
            case Entry.NodeProcess one ->
                String.format(Locale.ROOT, "process %d of %s %s", one.pid(), one.node(), one.event());
            case Entry.Woken one -> one.node() + " came back";
            case Entry.Begin one -> "scenario " + one.scenario();
            case Entry.Binding one ->
                "phone " + one.phone() + (one.found() ? " is registered" : " is not registered: " + one.detail());
            case Entry.CallDetail one ->
                String.format(Locale.ROOT, "record %s: %s to %s", one.id(), one.caller(), one.called());
            case Entry.Violation one ->
                String.format(Locale.ROOT, "phone %s: %s, %s", one.phone(), one.rule(), one.detail());
            case Entry.Speech one -> one.host() + " speaks with " + one.address();
            case Entry.Overlap one -> String.join(" and ", one.hosts()) + " both speak with " + one.address();
            case Entry.Writing one -> one.writer() + " writes " + one.entity();
            case Entry.Left one ->
                String.format(Locale.ROOT, "%s: %d before, %d after", one.what(), one.before(), one.after());
            case Entry.Phones one -> String.format(Locale.ROOT, "phones late by %.0f ms at worst", one.worstLateMs());
            case Entry.SecondLoad one ->
                String.format(Locale.ROOT, "SIPp will place %s calls per second", one.callsPerSecond());
            case Entry.SecondOpinion one ->
                String.format(Locale.ROOT, "SIPp: %d of %d calls succeeded", one.succeeded(), one.calls());
            case Entry.Note one -> one.text();
        };
    }

    private static String operation(Entry.Operation one) {
        String result = switch (one.result()) {
            case OK -> "done";
            case FAILED -> "failed";
            case UNKNOWN -> "no answer, nobody knows";
        };
        return String.format(
                Locale.ROOT,
                "%s at %s: %s%s%s, after %.0f ms",
                one.verb().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                one.phone(),
                result,
                one.status() == 0 ? "" : " (" + one.status() + ")",
                one.reason().isEmpty() ? "" : ", " + one.reason(),
                one.at() - one.began());
    }

    private static String audio(Entry.Audio one) {
        String silences = one.silences().stream()
                .map(silence ->
                        String.format(Locale.ROOT, "%.0f ms from %.1f s on", silence.ms(), silence.from() / 1000)
                                + (silence.open() ? " without end" : ""))
                .collect(Collectors.joining(", "));
        long wrong = one.strange() + one.own() + one.wrongWay();
        return String.format(
                Locale.ROOT,
                "%s heard %d packets from %.1f to %.1f s; silences: %s%s",
                one.listener().name().toLowerCase(Locale.ROOT),
                one.heard(),
                one.began() / 1000,
                one.at() / 1000,
                silences.isEmpty() ? "none" : silences,
                wrong == 0 ? "" : "; " + wrong + " packets were not for him");
    }
}
