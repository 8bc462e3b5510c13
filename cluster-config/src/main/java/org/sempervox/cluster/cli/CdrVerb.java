package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.launcher.StoreKind;
import org.sempervox.cluster.launcher.WorkFolder;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.cluster.store.h2.RecordTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cdr}: through any node, or from the store itself when none runs. */
@Command(name = "cdr", description = "Call detail records, oldest first.", mixinStandardHelpOptions = true)
public final class CdrVerb extends ListVerb {
    @Option(names = "--since", paramLabel = "T", description = "calls that started then or later, ISO-8601 with a zone")
    private @Nullable String since;

    @Override
    ArrayNode read(NodesOption from) throws IOException {
        Instant start = start();
        Optional<ArrayNode> asked = ask(from, start);
        return asked.isPresent() ? asked.get() : readStopped(from, start);
    }

    @Override
    String line(JsonNode record) {
        return String.format(
                "%s %-8s -> %-8s %8s ms, SIP %s, ended by %s, %s",
                record.path("startAt").asText(),
                record.path("caller").asText(),
                record.path("called").asText(),
                record.path("durationMs").asText(),
                record.path("sipCause").asText(),
                record.path("endedBy").asText(),
                record.path("id").asText());
    }

    private Instant start() {
        String text = since;
        try {
            return text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new SettingsProblem("--since", text == null ? "" : text, "a time like 2030-01-31T08:00:00Z");
        }
    }

    private static Optional<ArrayNode> ask(NodesOption from, Instant start) throws IOException {
        String page = "/cdr?since=" + URLEncoder.encode(start.toString(), StandardCharsets.UTF_8);
        for (AdminClient client : from.clients().values()) {
            Optional<ArrayNode> records = ask(client, page);
            if (records.isPresent()) {
                return records;
            }
        }
        return Optional.empty();
    }

    /** A witness has no such page and a dead node none at all: then the next one answers. */
    private static Optional<ArrayNode> ask(AdminClient client, String page) {
        try {
            return client.get(page) instanceof ArrayNode records ? Optional.of(records) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ArrayNode readStopped(NodesOption from, Instant start) throws IOException {
        if (from.single() || from.folder().launcher().isPresent()) {
            throw new IOException("no node answers");
        }
        WorkFolder folder = from.folder();
        if (StoreKind.in(folder).equals(Optional.of(StoreKind.CASSANDRA))) {
            throw new SettingsProblem(
                    "--dir",
                    "a cluster that does not run, with its records in Cassandra",
                    "a running one; start it with: sempervox up --store cassandra --dir " + folder.path());
        }
        try (Connection connection = EmbeddedStore.openStopped(folder.store())) {
            ArrayNode records = RecordJson.MAPPER.createArrayNode();
            records.addAll(RecordTable.since(connection, start));
            return records;
        } catch (SQLException e) {
            throw new IOException("the store cannot be read: " + e.getMessage(), e);
        }
    }
}
