package org.sempervox.core.extension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.extension.ExtensionEvent.BindingExpired;
import org.sempervox.core.extension.ExtensionEvent.ContactBound;
import org.sempervox.core.extension.ExtensionEvent.ContactUnbound;
import org.sempervox.core.extension.ExtensionMemory.Refresh;

/**
 * One REGISTER, processed as RFC 3261 §10.3 steps 6 to 8 say: all of it or nothing. Differences:
 *
 * <ul>
 *   <li>A repeated request (same Call-ID and CSeq, same wishes) gets the same answer again, not 500.
 *   <li>A removed binding's Call-ID and CSeq are remembered for a minute, so that an older REGISTER that comes late does not bring it
 *       back.
 *   <li>A refresh that changes nothing and stays within the stored time is only remembered (S26).
 * </ul>
 *
 * Holds its own working copies; used for one decision only.
 */
final class Registration {
    static final int MIN_EXPIRES = 60;
    static final int MAX_EXPIRES = 7200;
    static final int DEFAULT_EXPIRES = 3600;
    static final int MAX_BINDINGS = 10;
    private static final int MAX_URI = 512;
    private static final int OK = 200;

    private enum Turn {
        NEW,
        REPEATED,
        STALE
    }

    private record Seen(String callId, long cseq) {}

    private final ExtensionState state;
    private final ExtensionMemory memory;
    private final Instant at;
    private final RegisterRequest request;
    private final Map<String, Binding> live = new LinkedHashMap<>();
    private final Map<String, Refresh> refreshes = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final List<ExtensionEvent> events = new ArrayList<>();

    Registration(ExtensionState state, ExtensionMemory memory, Instant at, RegisterRequest request) {
        this.state = state;
        this.memory = memory;
        this.at = at;
        this.request = request;
        refreshes.putAll(memory.refreshes());
        state.bindings().forEach((key, binding) -> {
            if (expiry(binding, refreshes.get(key)).isAfter(at)) {
                live.put(key, binding);
            }
        });
    }

    ExtensionDecision decide() {
        int status = malformed() ? 400 : tooBrief() ? 423 : request.removeAll() ? removeAll() : update();
        if (status != OK) {
            int minExpires = status == 423 ? MIN_EXPIRES : 0;
            return decision(List.of(), memory, new RegisterReply(status, List.of(), minExpires));
        }
        if (!events.isEmpty() || request.removeAll()) {
            events.addAll(0, expired());
            refreshes.keySet().retainAll(live.keySet());
        }
        return decision(events, new ExtensionMemory(refreshes), new RegisterReply(OK, views(), 0));
    }

    private static ExtensionDecision decision(
            List<ExtensionEvent> events, ExtensionMemory memory, RegisterReply reply) {
        return new ExtensionDecision(events, memory, new ExtensionReply.Registered(reply));
    }

    private boolean malformed() {
        Set<String> keys = new HashSet<>();
        for (var contact : request.contacts()) {
            String uri = contact.uri().toLowerCase(Locale.ROOT);
            boolean sip = uri.startsWith("sip:") || uri.startsWith("sips:");
            boolean q = contact.q() >= 0 && contact.q() <= 1;
            if (!sip || uri.length() > MAX_URI || uri.endsWith(":") || !q || !keys.add(key(contact))) {
                return true;
            }
        }
        return request.removeAll() && !keys.isEmpty();
    }

    private boolean tooBrief() {
        return request.contacts().stream()
                .mapToInt(ContactRequest::expiresSeconds)
                .anyMatch(wish -> wish > 0 && wish < MIN_EXPIRES);
    }

    /** Step 6: {@code Contact: *}. */
    private int removeAll() {
        for (var binding : List.copyOf(live.values())) {
            if (turn(binding.key()) != Turn.NEW) {
                return 500;
            }
            remove(binding.key());
        }
        return OK;
    }

    /** Step 7. */
    private int update() {
        int before = live.size();
        for (var contact : request.contacts()) {
            String key = key(contact);
            switch (turn(key)) {
                case NEW -> apply(key, contact);
                case REPEATED -> {
                    if (!alreadySo(key, contact)) {
                        return 500;
                    }
                }
                case STALE -> {
                    return 500;
                }
            }
        }
        return live.size() > MAX_BINDINGS && live.size() > before ? 403 : OK;
    }

    private Turn turn(String key) {
        Seen seen = seen(key);
        if (seen == null || !seen.callId().equals(request.callId()) || request.cseq() > seen.cseq()) {
            return Turn.NEW;
        }
        return request.cseq() == seen.cseq() ? Turn.REPEATED : Turn.STALE;
    }

    private @Nullable Seen seen(String key) {
        Binding binding = live.get(key);
        if (binding != null) {
            Refresh refresh = refreshes.get(key);
            return refresh == null
                    ? new Seen(binding.callId(), binding.cseq())
                    : new Seen(refresh.callId(), refresh.cseq());
        }
        return state.removals().stream()
                .filter(removal -> removal.key().equals(key))
                .map(removal -> new Seen(removal.callId(), removal.cseq()))
                .findFirst()
                .orElse(null);
    }

    private boolean alreadySo(String key, ContactRequest contact) {
        int granted = granted(contact);
        Binding binding = live.get(key);
        return binding == null ? granted == 0 : granted != 0 && same(binding, contact, granted);
    }

    private void apply(String key, ContactRequest contact) {
        int granted = granted(contact);
        if (granted == 0) {
            remove(key);
            return;
        }
        Binding old = live.get(key);
        Instant expiresAt = at.plusSeconds(granted);
        boolean moved =
                old == null || !old.flow().equals(request.flow()) || !old.uri().equals(contact.uri());
        if (old == null || moved || !same(old, contact, granted) || expiresAt.isAfter(old.durableUntil())) {
            Instant since = old == null || moved ? at : old.since();
            var binding = new Binding(
                    contact.uri(),
                    contact.q(),
                    contact.instance(),
                    contact.regId(),
                    request.callId(),
                    request.cseq(),
                    granted,
                    since,
                    at.plusSeconds(2L * granted),
                    request.flow());
            live.put(key, binding);
            events.add(new ContactBound(at, binding));
        }
        refreshes.put(key, new Refresh(expiresAt, request.callId(), request.cseq()));
    }

    private static boolean same(Binding binding, ContactRequest contact, int granted) {
        return binding.uri().equals(contact.uri())
                && Double.compare(binding.q(), contact.q()) == 0
                && binding.expiresSeconds() == granted;
    }

    /** Also one whose time is over here but not for the other nodes. */
    private void remove(String key) {
        Binding old = state.bindings().get(key);
        if (old != null && old.durableUntil().isAfter(at)) {
            live.remove(key);
            removed.add(key);
            events.add(
                    new ContactUnbound(at, old.uri(), old.instance(), old.regId(), request.callId(), request.cseq()));
        }
    }

    /** Stored bindings that were not refreshed in time, although a node that took over would still count them. */
    private List<ExtensionEvent> expired() {
        var result = new ArrayList<ExtensionEvent>();
        state.bindings().forEach((key, binding) -> {
            boolean over = !expiry(binding, memory.refreshes().get(key)).isAfter(at);
            if (over && binding.durableUntil().isAfter(at) && !removed.contains(key)) {
                result.add(new BindingExpired(at, binding.uri(), binding.instance(), binding.regId()));
            }
        });
        return result;
    }

    /** Step 8: all bindings, never longer than granted. */
    private List<BindingView> views() {
        var result = new ArrayList<BindingView>();
        live.forEach((key, binding) -> {
            long left = expiry(binding, refreshes.get(key)).getEpochSecond() - at.getEpochSecond();
            int shown = Math.clamp(left, 1, binding.expiresSeconds());
            result.add(new BindingView(binding.uri(), shown, binding.q()));
        });
        return result;
    }

    private static Instant expiry(Binding binding, @Nullable Refresh refresh) {
        return refresh == null ? binding.durableUntil() : refresh.expiresAt();
    }

    private static String key(ContactRequest contact) {
        return ContactKey.of(contact.uri(), contact.instance(), contact.regId());
    }

    private static int granted(ContactRequest contact) {
        int wish = contact.expiresSeconds();
        return wish < 0 ? DEFAULT_EXPIRES : Math.min(wish, MAX_EXPIRES);
    }
}
