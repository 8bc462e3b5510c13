package org.sempervox.sip.codec;

import java.util.List;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** What a packet turned out to be. */
public sealed interface Decoded {
    /**
     * A request.
     *
     * @param contacts all Contact values, for the registrar
     * @param credentials values of all Authorization and Proxy-Authorization headers, never part of {@code request.headers()}
     */
    record Request(SipRequest request, RegisterContacts contacts, List<String> credentials) implements Decoded {
        public Request {
            credentials = List.copyOf(credentials);
        }
    }

    record Response(SipResponse response) implements Decoded {}

    /**
     * Not SIP as we read it.
     *
     * @param why for counters and logs, without text of the message
     * @param echo header lines for a 400 (RFC 3261 §8.2.6.2) with To in last place; empty if it must not or cannot be answered
     */
    record Malformed(String why, List<String> echo) implements Decoded {
        public Malformed {
            echo = List.copyOf(echo);
        }
    }

    /** Line ends or zeros only: keeps a NAT open (RFC 5626 §3.5.1), wants no answer over UDP. */
    record KeepAlive() implements Decoded {}
}
