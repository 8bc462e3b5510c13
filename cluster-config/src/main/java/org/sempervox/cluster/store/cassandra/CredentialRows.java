package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.store.CredentialStore.Mark;
import org.sempervox.cluster.store.SealedCredential;

/**
 * The rows of credentials. All writes are conditional, although the conditions of rows always hold where it matters: such a write is later than
 * what is there whatever the writer's clock says, a plain one is not. Conditions span no two tables, so a row is written before the mark that
 * tells of it.
 */
final class CredentialRows {
    private CredentialRows() {}

    /** A repetition after an answer that was lost finds its own claim. */
    static CompletionStage<String> claim(Opened opened, String keyId) {
        return opened.conditionally(opened.statements().claimKey.bind(keyId))
                .thenCompose(_ -> opened.all(opened.statements().claimedKey.bind(), row -> text(row, "key_id")))
                .thenApply(found -> found.isEmpty() ? keyId : found.getFirst());
    }

    static CompletionStage<Mark> mark(Opened opened) {
        return opened.all(
                        opened.statements().credentialMark.bind(),
                        row -> new Mark(Optional.ofNullable(row.getString("key_id")), text(row, "change_id")))
                .thenApply(found -> found.isEmpty() ? new Mark(Optional.empty(), "") : found.getFirst());
    }

    static CompletionStage<List<SealedCredential>> all(Opened opened) {
        return opened.all(
                opened.statements().credentials.bind(),
                row -> new SealedCredential(text(row, "number"), text(row, "key_id"), text(row, "sealed")));
    }

    static CompletionStage<Void> put(Opened opened, SealedCredential credential, String change) {
        String sealed = credential.sealed();
        return opened.conditionally(
                        opened.statements().putCredential.bind(credential.keyId(), sealed, credential.number(), sealed))
                .thenCompose(_ -> marked(opened, change));
    }

    static CompletionStage<Void> remove(Opened opened, String number, String change) {
        return opened.conditionally(opened.statements().removeCredential.bind(number))
                .thenCompose(_ -> marked(opened, change));
    }

    /** Without the mark nobody would see the change; a mark without a key would let any key claim the rows. */
    private static CompletionStage<Void> marked(Opened opened, String change) {
        return opened.conditionally(opened.statements().markChange.bind(change)).thenAccept(applied -> {
            if (!applied) {
                throw new IllegalStateException("the table of credentials belongs to no key any more: restart a node");
            }
        });
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
