package org.sempervox.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sempervox.cluster.store.RecordJson;

/** Reads the pages of one node. */
public record AdminClient(String url) {
    private static final int TIMEOUT_MS = 3000;

    /** The node whose URL is in that file. */
    public static AdminClient of(Path adminFile) throws IOException {
        return new AdminClient(Files.readString(adminFile).strip());
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
