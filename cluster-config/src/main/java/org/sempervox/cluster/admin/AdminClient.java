package org.sempervox.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sempervox.cluster.store.RecordJson;

/** Reads the pages of one node and asks it for changes. */
public record AdminClient(String url) {
    private static final int TIMEOUT_MS = 3000;
    private static final int CHANGE_TIMEOUT_MS = 15_000;

    /** The node whose URL is in that file. */
    public static AdminClient of(Path adminFile) throws IOException {
        return new AdminClient(Files.readString(adminFile).strip());
    }

    /** Asks for a change; a {@link ChangeRefused} has the node's words, anything else is as for {@link #get}. */
    public JsonNode post(String page, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(url + page).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(CHANGE_TIMEOUT_MS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
        int status = connection.getResponseCode();
        if (status == 404) {
            throw new FileNotFoundException(url + page + ": no such page");
        }
        try (InputStream in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            JsonNode answer = in == null ? RecordJson.MAPPER.nullNode() : RecordJson.MAPPER.readTree(in);
            if (status != 200) {
                throw new ChangeRefused(status, answer.path("error").asText("status " + status));
            }
            return answer;
        }
    }

    /** Refused, timed out and not JSON are {@link IOException}s; a page that the node does not have, a FileNotFoundException. */
    public JsonNode get(String pathAndQuery) throws IOException {
        var connection =
                (HttpURLConnection) URI.create(url + pathAndQuery).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        if (connection.getResponseCode() == 404) {
            throw new FileNotFoundException(url + pathAndQuery + ": no such page");
        }
        if (connection.getResponseCode() != 200) {
            throw new IOException(url + pathAndQuery + ": status " + connection.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            return RecordJson.MAPPER.readTree(in);
        }
    }
}
