package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.store.CredentialStore.Mark;
import org.sempervox.cluster.store.SealedCredential;

/** The rows of credentials. A row and the mark that tells of it are written both or none (logged batch). */
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
        Statements known = opened.statements();
        return both(
                opened,
                known.putCredential.bind(credential.number(), credential.keyId(), credential.sealed()),
                known.markChange.bind(change));
    }

    static CompletionStage<Void> remove(Opened opened, String number, String change) {
        Statements known = opened.statements();
        return both(opened, known.removeCredential.bind(number), known.markChange.bind(change));
    }

    private static CompletionStage<Void> both(Opened opened, BoundStatement row, BoundStatement mark) {
        return opened.change(BatchStatement.newInstance(BatchType.LOGGED, row, mark)
                .setExecutionProfileName(mark.getExecutionProfileName())
                .setIdempotent(true));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
