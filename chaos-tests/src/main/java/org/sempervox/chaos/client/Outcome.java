package org.sempervox.chaos.client;

import java.util.List;

/**
 * What the phone knows about something it asked for. A deadline that passed is {@link Unknown}: the other side may have
 * done it all the same.
 */
public sealed interface Outcome {

    /** It was done. {@code contacts} holds the bindings of a registrar's answer, otherwise it is empty. */
    record Ok(int status, String reason, List<String> contacts) implements Outcome {}

    /** It was refused, or cannot be done in this state (status 0). */
    record Failed(int status, String reason) implements Outcome {}

    /** Nobody said what happened before the deadline. */
    record Unknown(String reason) implements Outcome {}

    /** Whether it is known to have been done. */
    default boolean isOk() {
        return this instanceof Ok;
    }

    /** Done, with a status. */
    static Outcome ok(int status, String reason) {
        return new Ok(status, reason, List.of());
    }

    /** Refused. */
    static Outcome failed(int status, String reason) {
        return new Failed(status, reason);
    }

    /** Not known. */
    static Outcome unknown(String reason) {
        return new Unknown(reason);
    }
}
