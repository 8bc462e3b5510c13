package org.sempervox.core.routing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.Flow;

/** Where a dialled number leads (RFC 3261 §16.5), decided by a pure function over the replicated directory. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@d")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Destination.Ring.class, name = "ring"),
    @JsonSubTypes.Type(value = Destination.Refuse.class, name = "refuse")
})
public sealed interface Destination {
    /**
     * Ring these contacts at once.
     *
     * @param extension the called extension's number
     * @param name its display name; empty if none
     * @param targets one per live binding, q descending, then newest; never empty
     * @param ringFor 1–600 s
     * @param noAnswer number to try when nobody answers; null for none
     * @param busy number to try when it is busy; null for none
     */
    record Ring(
            String extension,
            String name,
            List<Target> targets,
            Duration ringFor,
            @Nullable String noAnswer,
            @Nullable String busy)
            implements Destination {
        public Ring {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Cannot be rung.
     *
     * @param status 404 no such number, 480 not registered, 486 limit of calls reached, 403 barred
     * @param forward number to try instead (busy forwarding for 486, no-answer forwarding for 480); null for none
     */
    record Refuse(int status, @Nullable String forward) implements Destination {}

    /**
     * One registered contact.
     *
     * @param uri the Contact URI as registered, the Request-URI of the INVITE
     * @param flow where its REGISTER came from, where the INVITE goes
     */
    record Target(String uri, Flow flow) {}
}
