package org.sempervox.sip.edge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipTrace;

/** The last messages of this node in a ring, credentials blanked when they are read; writing costs one reference. Thread-safe. */
public final class MessageTrace implements SipTrace {
    private final AtomicReferenceArray<@Nullable Note> ring;
    private final AtomicLong next = new AtomicLong();

    private static final class Note {
        private final Instant at;
        private final boolean sent;
        private final Flow flow;
        private final String call;
        private final String sipCallId;
        private final byte[] data;

        Note(Instant at, boolean sent, Flow flow, String call, String sipCallId, byte[] data) {
            this.at = at;
            this.sent = sent;
            this.flow = flow;
            this.call = call;
            this.sipCallId = sipCallId;
            this.data = data;
        }
    }

    /** {@code messages}: how many are kept. */
    public MessageTrace(int messages) {
        this.ring = new AtomicReferenceArray<>(messages);
    }

    /** {@code call}: our call id if known, else empty. The bytes must not be changed afterwards. */
    void note(Instant at, boolean sent, Flow flow, String call, String sipCallId, byte[] data) {
        ring.set((int) (next.getAndIncrement() % ring.length()), new Note(at, sent, flow, call, sipCallId, data));
    }

    @Override
    public List<Entry> of(String call) {
        var entries = new ArrayList<Entry>();
        long end = next.get();
        for (long i = Math.max(0, end - ring.length()); i < end; i++) {
            Note note = ring.get((int) (i % ring.length()));
            if (note != null && (note.call.equals(call) || note.sipCallId.equals(call))) {
                entries.add(new Entry(note.at, note.sent, note.flow, blanked(note.data)));
            }
        }
        return entries;
    }

    private static String blanked(byte[] data) {
        var out = new StringBuilder(data.length);
        boolean head = true;
        boolean secret = false;
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n", -1)) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (head && !folded) {
                String name = line.toLowerCase(Locale.ROOT);
                secret = name.startsWith("authorization") || name.startsWith("proxy-authorization");
                head = !line.strip().isEmpty();
            }
            if (head && secret) {
                out.append(folded ? "" : line.substring(0, Math.max(0, line.indexOf(':') + 1)) + " …\r\n");
            } else {
                out.append(line).append('\n');
            }
        }
        out.setLength(Math.max(0, out.length() - 1));
        return out.toString();
    }
}
