package org.sempervox.sip.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sempervox.core.extension.BindingView;
import org.sempervox.core.extension.ContactRequest;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipStatus;
import org.sempervox.sip.codec.RegisterContacts;

/** An authenticated REGISTER to the extension that keeps the bindings, and back to a response (RFC 3261 §10.3). */
public final class Registrations {
    /** Longer than the registrar's own patience, which covers a take-over, and well below a phone's timer F of 32 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_CONTACTS = 16;
    private static final int DEFAULT_EXPIRES = 3600;

    private final Registrar registrar;
    private final Duration patience;

    /** {@code patience}: how long an answer is waited for. */
    public Registrations(Registrar registrar, Duration patience) {
        this.registrar = registrar;
        this.patience = patience;
    }

    /** Status and headers of the response, names in lower case. */
    public record Reply(int status, Map<String, String> headers) {}

    /**
     * Never fails and ends within the patience: when the extension does not answer by then its state is unknown, the phone is told
     * 503 and may safely repeat.
     */
    public CompletionStage<Reply> register(SipRequest request, RegisterContacts contacts, Flow flow, String extension) {
        Optional<RegisterRequest> asked = read(request, contacts, flow, extension);
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(new Reply(SipStatus.BAD_REQUEST, Map.of()));
        }
        CompletionStage<RegisterReply> answer;
        try {
            answer = registrar.register(asked.get());
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.toCompletableFuture()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((reply, problem) -> reply == null
                        ? new Reply(SipStatus.SERVICE_UNAVAILABLE, Map.of("retry-after", "2"))
                        : write(reply));
    }

    /** Empty for what is a 400: a wildcard that is not alone or not with Expires 0, no SIP contact, q outside 0–1. */
    static Optional<RegisterRequest> read(SipRequest request, RegisterContacts contacts, Flow flow, String extension) {
        int expires = expires(request.headers().get("expires"), -1);
        if (contacts.wildcard()) {
            boolean alone = contacts.contacts().isEmpty() && expires == 0;
            return alone
                    ? Optional.of(new RegisterRequest(
                            extension, request.callId(), request.cseq(), java.util.List.of(), true, flow))
                    : Optional.empty();
        }
        if (contacts.contacts().size() > MAX_CONTACTS) {
            return Optional.empty();
        }
        var asked = new ArrayList<ContactRequest>();
        for (NameAddr contact : contacts.contacts()) {
            double q = q(contact.params().getOrDefault("q", "1"));
            String uri = contact.uri().toLowerCase(Locale.ROOT);
            if (q < 0 || !(uri.startsWith("sip:") || uri.startsWith("sips:"))) {
                return Optional.empty();
            }
            asked.add(new ContactRequest(
                    contact.uri(),
                    expires(contact.params().get("expires"), expires),
                    q,
                    unquoted(contact.params().getOrDefault("+sip.instance", "")),
                    regId(contact.params().getOrDefault("reg-id", ""))));
        }
        return Optional.of(new RegisterRequest(extension, request.callId(), request.cseq(), asked, false, flow));
    }

    private static Reply write(RegisterReply reply) {
        if (reply.status() == SipStatus.INTERVAL_TOO_BRIEF) {
            return new Reply(reply.status(), Map.of("min-expires", Integer.toString(reply.minExpires())));
        }
        if (reply.status() != SipStatus.OK || reply.bindings().isEmpty()) {
            return new Reply(reply.status(), Map.of());
        }
        var contacts = new StringBuilder();
        for (BindingView binding : reply.bindings()) {
            contacts.append(contacts.isEmpty() ? "" : ", ")
                    .append('<')
                    .append(binding.uri())
                    .append(">;expires=")
                    .append(binding.expiresSeconds());
            if (binding.q() < 1) {
                contacts.append(";q=").append(String.format(Locale.ROOT, "%.3f", binding.q()));
            }
        }
        return new Reply(reply.status(), Map.of("contact", contacts.toString()));
    }

    /** A malformed value counts as 3600 (RFC 3261 §20.10, §20.19). */
    private static int expires(@org.jspecify.annotations.Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseUnsignedLong(text.strip()) & Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            return DEFAULT_EXPIRES;
        }
    }

    /** -1 if it is no qvalue (RFC 3261 §25.1): 0 to 1 with at most three decimals. */
    private static double q(String text) {
        return text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : -1;
    }

    private static int regId(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
