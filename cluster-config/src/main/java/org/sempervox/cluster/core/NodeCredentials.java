package org.sempervox.cluster.core;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.credentials.CredentialPage;
import org.sempervox.cluster.credentials.CredentialTable;
import org.sempervox.cluster.credentials.KeyFile;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.routing.PbxFile;

/** The credentials of a node that answers phones: loaded, offered, kept fresh, changed on its administration page. */
final class NodeCredentials {
    private final NodeContext context;
    private final KeyFile keyFile;
    private final CredentialTable table;

    NodeCredentials(NodeContext context, PbxFile pbx) {
        this.context = context;
        this.keyFile = context.parts().need(KeyFile.class);
        this.table = new CredentialTable(
                context.parts().need(Store.class),
                keyFile,
                context.settings().realm(),
                pbx,
                context.system().executionContext()::execute);
    }

    /** Before anything is written into the store: a node with another key must leave no trace in it. */
    CompletionStage<Void> claim() {
        return table.claim();
    }

    CompletionStage<Void> load() {
        return table.load();
    }

    /** After they are loaded. */
    void serve() {
        context.parts().offer(Credentials.class, table);
        new CredentialPage(table, keyFile, context.fence(), InstantSource.system())
                .addTo(context.parts().need(AdminPages.class));
        context.system()
                .scheduler()
                .scheduleWithFixedDelay(
                        CredentialTable.INTERVAL,
                        CredentialTable.INTERVAL,
                        table::poll,
                        context.system().executionContext());
    }
}
