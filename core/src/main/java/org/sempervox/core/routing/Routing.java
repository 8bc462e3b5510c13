package org.sempervox.core.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.extension.PublishedBinding;

/** From a dialled number to the contacts to ring (RFC 3261 §16.5), over whatever copy of the directory a node has. */
public final class Routing {
    private static final Comparator<PublishedBinding> PREFERRED_FIRST = Comparator.comparingDouble(PublishedBinding::q)
            .reversed()
            .thenComparing(PublishedBinding::since, Comparator.reverseOrder());

    private Routing() {}

    /**
     * Never blocks if the two look-ups do not.
     *
     * @param settings of a number; empty if there is no such extension, then 404
     * @param bindings of a number, in any order, also those whose time is over; 480 if none counts at {@code now}
     */
    public static Destination route(
            Function<String, Optional<ExtensionSettings>> settings,
            Function<String, List<PublishedBinding>> bindings,
            String dialled,
            Instant now) {
        return settings.apply(dialled)
                .map(found -> toExtension(found, bindings.apply(dialled), now))
                .orElseGet(() -> new Destination.Refuse(404, null));
    }

    private static Destination toExtension(ExtensionSettings settings, List<PublishedBinding> bindings, Instant now) {
        var targets = bindings.stream()
                .filter(binding -> binding.validUntil().isAfter(now))
                .sorted(PREFERRED_FIRST)
                .map(binding ->
                        new Destination.Target(binding.uri(), binding.flow().toward(binding.uri())))
                .toList();
        if (targets.isEmpty()) {
            return new Destination.Refuse(480, settings.noAnswer());
        }
        return new Destination.Ring(
                settings.number(), settings.name(), targets, settings.ringFor(), settings.noAnswer(), settings.busy());
    }
}
