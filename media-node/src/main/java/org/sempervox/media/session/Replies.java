package org.sempervox.media.session;

import org.sempervox.core.media.MediaReport;

/** The way back to whoever asked. Any thread. */
@FunctionalInterface
public interface Replies<R> {
    void tell(R to, MediaReport report);
}
