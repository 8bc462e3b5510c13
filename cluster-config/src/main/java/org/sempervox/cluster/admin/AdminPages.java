package org.sempervox.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where parts of a node add pages, for example {@code /calls}. Offered in the node's parts. */
public interface AdminPages {
    /**
     * A page whose answer may depend on the query. Called on a thread of the admin server, may block for a second at most.
     *
     * @param path starts with {@code /}; the longest matching path wins
     * @param page query parameters → JSON; an exception becomes status 500
     */
    void addQuery(String path, Function<Map<String, String>, JsonNode> page);

    /**
     * Changes something; there is no other way to do so, and no page without one takes any. Called like a page, but may block for ten seconds.
     *
     * @param path may be that of a page too
     * @param change body of the request (8 KiB at most) → JSON; who may ask for it is its own to decide. {@link ChangeRefused} becomes its
     *     status, any other exception 500
     */
    void addChange(String path, Function<String, JsonNode> change);

    default void add(String path, Supplier<JsonNode> page) {
        addQuery(path, _ -> page.get());
    }
}
