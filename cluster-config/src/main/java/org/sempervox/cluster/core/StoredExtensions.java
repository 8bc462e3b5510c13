package org.sempervox.cluster.core;

import java.sql.DriverManager;
import java.util.List;
import org.sempervox.cluster.directory.JournalExtensions;
import org.sempervox.cluster.directory.KnownExtensions;
import org.sempervox.cluster.settings.StoreSettings;

/** Extensions that have something in this node's journal. */
final class StoredExtensions implements KnownExtensions {
    private final KnownExtensions journal;

    StoredExtensions(StoreSettings.Embedded store) {
        this.journal = new JournalExtensions(
                () -> DriverManager.getConnection(store.url(), StoreSettings.Embedded.USER, store.password()));
    }

    @Override
    public List<String> get() {
        return journal.get();
    }
}
