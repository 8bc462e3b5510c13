package org.sempervox.chaos.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a phone sent and received, and what it saw the other side do wrong. Safe to read from any thread. */
public final class Trace {
    private static final int MAX_ENTRIES = 4000;

    /** Which way a message went. */
    public enum Way {
        IN,
        OUT
    }

    /** What is never expected from a correct server. */
    public enum Rule {
        CSEQ_NOT_RISING,
        INVITE_WITH_OTHER_BRANCH,
        TO_TAG_CHANGED,
        DIALOG_UNKNOWN_TO_PEER,
        SERVER_ERROR,
        UNEXPECTED_REQUEST,
        DOUBLE_RINGING,
        UNREACHABLE_TARGET,
        MALFORMED
    }

    /** One message; {@code nanoTime} is monotonic, {@code raw} is kept only if the phone was told to. */
    public record Entry(
            long nanoTime,
            Way way,
            String peer,
            String firstLine,
            String callId,
            String cseq,
            String branch,
            @Nullable String raw) {}

    /** One breach of a rule. */
    public record Violation(long nanoTime, Rule rule, String callId, String detail) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final List<Violation> violations = new ArrayList<>();

    Trace() {}

    synchronized void add(Entry entry) {
        if (entries.size() == MAX_ENTRIES) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    synchronized void violation(Rule rule, String callId, String detail) {
        if (violations.size() < MAX_ENTRIES) {
            violations.add(new Violation(System.nanoTime(), rule, callId, detail));
        }
    }

    /** The newest messages, oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The messages of one Call-ID, oldest first. */
    public List<Entry> entries(String callId) {
        return entries().stream().filter(e -> e.callId().equals(callId)).toList();
    }

    /** All breaches seen. */
    public synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }
}
