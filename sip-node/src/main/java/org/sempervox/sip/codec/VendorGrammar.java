package org.sempervox.sip.codec;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's parser as judge of the grammar (RFC 3261 §25.1). It sees the start line and the headers whose meaning we rely on, never
 * a body and never a header that we only pass on. Its objects do not leave this class: they change case and order of what they parse.
 */
final class VendorGrammar {
    static {
        SilentVendorLog.install();
    }

    private static final Set<String> JUDGED =
            Set.of("via", "from", "to", "call-id", "cseq", "max-forwards", "contact", "route", "record-route");

    private VendorGrammar() {}

    /** Throws if the vendor's grammar refuses the message, or if the parser itself fails in whatever way. */
    static void judge(RawMessage message) throws MalformedMessage {
        var text = new StringBuilder(512).append(message.startLine()).append("\r\n");
        for (RawMessage.Header header : message.headers()) {
            if (JUDGED.contains(header.name())) {
                RawMessage.checkStructure(header.value());
                text.append(header.name()).append(": ").append(header.value()).append("\r\n");
            }
        }
        text.append("\r\n");
        SIPMessage parsed;
        try {
            parsed = parse(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (ParseException | RuntimeException e) {
            throw new MalformedMessage("grammar");
        } catch (StackOverflowError e) {
            throw new MalformedMessage("parser overflow");
        }
        if (parsed == null || parsed.getFrom() == null || parsed.getTo() == null || parsed.getCallId() == null) {
            throw new MalformedMessage("missing header");
        }
        if (parsed instanceof SIPRequest request && request.getRequestURI() == null) {
            throw new MalformedMessage("request line");
        }
    }

    private static @Nullable SIPMessage parse(byte[] text) throws ParseException {
        return new StringMsgParser().parseSIPMessage(text, true, false, (problem, message, type, header, whole) -> {
            throw problem;
        });
    }
}
