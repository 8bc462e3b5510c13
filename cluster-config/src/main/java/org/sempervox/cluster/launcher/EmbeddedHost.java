package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.EmbeddedStore;

/** H2 in the launcher itself, on an address that the nodes reach. */
final class EmbeddedHost implements StoreHost {
    private final WorkFolder work;
    private final String host;
    private final Progress progress;
    private @Nullable EmbeddedStore store;

    EmbeddedHost(WorkFolder work, String host, Progress progress) {
        this.work = work;
        this.host = host;
        this.progress = progress;
    }

    @Override
    public void start() throws LaunchFailure, IOException {
        try {
            EmbeddedStore opened = EmbeddedStore.start(work.store(), host);
            store = opened;
            progress.step("store: H2 on " + host + ":" + opened.settings().port()
                    + "; it survives the death of nodes, not of this launcher or the disk");
        } catch (SQLException e) {
            throw new LaunchFailure("the store in " + work.store() + " cannot be opened: " + e.getMessage());
        }
    }

    @Override
    public Map<String, Object> configuration() {
        EmbeddedStore opened = store;
        if (opened == null) {
            throw new IllegalStateException("not started");
        }
        StoreSettings.Embedded settings = opened.settings();
        return Map.of(
                "kind", StoreKind.H2.toString(),
                "host", settings.host(),
                "port", settings.port(),
                "password-file", EmbeddedStore.passwordFile(work.store()).toString());
    }

    @Override
    public void close() throws IOException {
        EmbeddedStore opened = store;
        store = null;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (SQLException e) {
            throw new IOException("the store did not close: " + e.getMessage(), e);
        }
    }
}
