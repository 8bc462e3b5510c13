package org.sempervox.media.session;

import java.util.List;
import java.util.Map;

/** Where the media actor publishes its figures, about every 250 ms. Any thread may read. */
public final class MediaBoard {
    private volatile MediaFigures figures = new MediaFigures("none", List.of(), 0, Map.of());

    public MediaFigures figures() {
        return figures;
    }

    void publish(MediaFigures newer) {
        figures = newer;
    }
}
