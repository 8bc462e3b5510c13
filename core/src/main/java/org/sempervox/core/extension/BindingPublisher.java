package org.sempervox.core.extension;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Copies the bindings of an extension to every node (S25). Never blocks. */
@FunctionalInterface
public interface BindingPublisher {
    /**
     * Completes once the nodes that can be reached know it, and never later than a second or so; a failed stage means that some
     * may learn it later.
     *
     * @param version rises with each stored change of the extension; an older one never replaces a newer one
     * @param bindings all of them, also those whose time is over; empty for none
     */
    CompletionStage<Void> publish(String extension, long version, List<PublishedBinding> bindings);
}
