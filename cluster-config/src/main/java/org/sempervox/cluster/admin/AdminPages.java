package org.sempervox.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where parts of a node add read-only pages, for example {@code /calls}. Offered in the node's parts. */
public interface AdminPages {
    /**
     * A page whose answer may depend on the query. Called on a thread of the admin server, may block for a second at most.
     *
     * @param path starts with {@code /}; the longest matching path wins
     * @param page query parameters → JSON; an exception becomes status 500
     */
    void addQuery(String path, Function<Map<String, String>, JsonNode> page);

    default void add(String path, Supplier<JsonNode> page) {
        addQuery(path, _ -> page.get());
    }
}
