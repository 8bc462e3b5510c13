package org.sempervox.sip.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipStatus;
import org.sempervox.sip.codec.Vias;

/** Whether a request outside any dialog is worth looking at (RFC 3261 §8.2, §16.3), before it is authenticated. Pure. */
final class Admission {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER";

    private static final Set<String> SERVED = Set.of("INVITE", "OPTIONS", "REGISTER");

    /** Known to SIP, but only inside a dialog: without one there is none to find. */
    private static final Set<String> DIALOG_ONLY = Set.of("BYE", "UPDATE", "INFO", "PRACK");

    private static final Set<String> KNOWN = Set.of("SUBSCRIBE", "NOTIFY", "PUBLISH", "MESSAGE", "REFER");

    private final AddressPlan plan;
    private final Set<String> extensions;

    /** {@code extensions}: option tags that may be required, in lower case. */
    Admission(AddressPlan plan, Set<String> extensions) {
        this.plan = plan;
        this.extensions = Set.copyOf(extensions);
    }

    record Refusal(int status, Map<String, String> headers) {
        Refusal(int status) {
            this(status, Map.of());
        }
    }

    /** Empty if it may go on. */
    Optional<Refusal> check(SipRequest request) {
        if (request.maxForwards() == 0) {
            return Optional.of(new Refusal(SipStatus.TOO_MANY_HOPS));
        }
        String uri = request.uri().toLowerCase(Locale.ROOT);
        if (!uri.startsWith("sip:") && !uri.startsWith("sips:")) {
            return Optional.of(new Refusal(416));
        }
        String unsupported = unsupported(request.headers().getOrDefault("require", ""));
        if (!unsupported.isEmpty()) {
            return Optional.of(new Refusal(SipStatus.BAD_EXTENSION, Map.of("unsupported", unsupported)));
        }
        if (!SERVED.contains(request.method())) {
            return Optional.of(method(request.method()));
        }
        return looped(request.via()) ? Optional.of(new Refusal(SipStatus.LOOP_DETECTED)) : Optional.empty();
    }

    private static Refusal method(String method) {
        if (DIALOG_ONLY.contains(method)) {
            return new Refusal(SipStatus.CALL_DOES_NOT_EXIST);
        }
        int status = KNOWN.contains(method) ? SipStatus.METHOD_NOT_ALLOWED : SipStatus.NOT_IMPLEMENTED;
        return new Refusal(status, Map.of("allow", ALLOW));
    }

    private String unsupported(String require) {
        var missing = new ArrayList<String>();
        for (String tag : require.split(",")) {
            String name = tag.strip();
            if (!name.isEmpty() && !extensions.contains(name.toLowerCase(Locale.ROOT))) {
                missing.add(name);
            }
        }
        return String.join(", ", missing);
    }

    /** A request that passed one of our addresses before; a back-to-back user agent has no reason to see its own again. */
    private boolean looped(List<String> vias) {
        for (String via : vias) {
            String sentBy = Vias.sentBy(via);
            for (ServiceAddress address : plan.addresses()) {
                if (address.sentBy().equals(sentBy)) {
                    return true;
                }
            }
        }
        return false;
    }
}
