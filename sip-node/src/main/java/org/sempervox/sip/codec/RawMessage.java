package org.sempervox.sip.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Start line, unfolded header lines and body of a packet, after the guards: every later step works on input of bounded size. The
 * vendor's parser needs time that grows with the square of the number of parameters or list items in a line, so these are bounded too.
 */
record RawMessage(String startLine, List<Header> headers, ByteBuffer body) {
    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_HEADERS = 128;
    static final int MAX_LINE = 4096;
    static final int MAX_SEPARATORS = 192;
    static final int MAX_NESTING = 4;

    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("a", "accept-contact"),
            Map.entry("b", "referred-by"),
            Map.entry("c", "content-type"),
            Map.entry("d", "request-disposition"),
            Map.entry("e", "content-encoding"),
            Map.entry("f", "from"),
            Map.entry("i", "call-id"),
            Map.entry("j", "reject-contact"),
            Map.entry("k", "supported"),
            Map.entry("l", "content-length"),
            Map.entry("m", "contact"),
            Map.entry("n", "identity-info"),
            Map.entry("o", "event"),
            Map.entry("r", "refer-to"),
            Map.entry("s", "subject"),
            Map.entry("t", "to"),
            Map.entry("u", "allow-events"),
            Map.entry("v", "via"),
            Map.entry("x", "session-expires"),
            Map.entry("y", "identity"));

    /** Name in lower case, compact forms expanded (RFC 3261 §7.3.3); value unfolded and trimmed. */
    record Header(String name, String value) {}

    static boolean blank(byte[] data) {
        for (byte b : data) {
            if (b != '\r' && b != '\n' && b != 0 && b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    static RawMessage of(byte[] data) throws MalformedMessage {
        if (data.length > MAX_BYTES) {
            throw new MalformedMessage("too large");
        }
        int start = 0;
        while (start < data.length && (data[start] == '\r' || data[start] == '\n')) {
            start++;
        }
        var lines = new ArrayList<String>();
        int at = start;
        int bodyAt = -1;
        while (at < data.length) {
            int end = at;
            while (end < data.length && data[end] != '\n') {
                end++;
            }
            if (end == data.length) {
                break;
            }
            int last = end > at && data[end - 1] == '\r' ? end - 1 : end;
            if (last == at) {
                bodyAt = end + 1;
                break;
            }
            append(lines, data, at, last);
            at = end + 1;
        }
        if (bodyAt < 0 || lines.isEmpty()) {
            throw new MalformedMessage("no end of headers");
        }
        return new RawMessage(lines.get(0), headers(lines), ByteBuffer.wrap(data, bodyAt, data.length - bodyAt));
    }

    private static void append(List<String> lines, byte[] data, int from, int to) throws MalformedMessage {
        if (to - from > MAX_LINE) {
            throw new MalformedMessage("line too long");
        }
        for (int i = from; i < to; i++) {
            if ((data[i] >= 0 && data[i] < ' ' && data[i] != '\t') || data[i] == 127) {
                throw new MalformedMessage("control character");
            }
        }
        String line = new String(data, from, to - from, StandardCharsets.UTF_8);
        boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (!folded) {
            if (lines.size() > MAX_HEADERS) {
                throw new MalformedMessage("too many headers");
            }
            lines.add(line);
            return;
        }
        if (lines.size() < 2) {
            throw new MalformedMessage("folded start line");
        }
        String unfolded = lines.removeLast() + " " + line.strip();
        if (unfolded.length() > MAX_LINE) {
            throw new MalformedMessage("line too long");
        }
        lines.add(unfolded);
    }

    private static List<Header> headers(List<String> lines) throws MalformedMessage {
        var headers = new ArrayList<Header>(lines.size());
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!Tokens.isToken(name)) {
                throw new MalformedMessage("header without a name");
            }
            name = Tokens.lower(name);
            headers.add(new Header(
                    COMPACT.getOrDefault(name, name), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    /** Quotes closed, brackets closed and not deep, few separators: the input that the vendor's parser may see. */
    static void checkStructure(String value) throws MalformedMessage {
        int depth = 0;
        int comment = 0;
        int separators = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> quoted = true;
                case '<' -> depth++;
                case '>' -> depth--;
                case '(' -> comment++;
                case ')' -> comment--;
                case ';', ',', '&' -> separators++;
                default -> {}
            }
            if (depth < 0 || depth > 1 || comment > MAX_NESTING || separators > MAX_SEPARATORS) {
                throw new MalformedMessage("nested or listed too deep");
            }
        }
        if (quoted || depth != 0) {
            throw new MalformedMessage("unclosed quote or bracket");
        }
    }
}
