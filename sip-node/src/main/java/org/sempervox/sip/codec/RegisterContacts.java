package org.sempervox.sip.codec;

import java.util.List;
import org.sempervox.core.sip.NameAddr;

/** All Contact values of a REGISTER, in order (RFC 3261 §10.2). {@code wildcard}: a value {@code *} was among them. */
public record RegisterContacts(boolean wildcard, List<NameAddr> contacts) {
    public RegisterContacts {
        contacts = List.copyOf(contacts);
    }
}
