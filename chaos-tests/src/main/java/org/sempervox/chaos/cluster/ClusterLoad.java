package org.sempervox.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What each node carries, from the page of calls; calls that are over do not count. */
public record ClusterLoad(int calls, Map<String, Share> shares) {
    /**
     * One node's part.
     *
     * @param any calls that would notice its death: entity, edge or media on it
     */
    public record Share(int entities, int edges, int media, int any) {
        static final Share NONE = new Share(0, 0, 0, 0);

        private Share plus(boolean entity, boolean edge, boolean relay) {
            return new Share(
                    entities + (entity ? 1 : 0),
                    edges + (edge ? 1 : 0),
                    media + (relay ? 1 : 0),
                    any + (entity || edge || relay ? 1 : 0));
        }

        private int least() {
            return Math.min(entities, Math.min(edges, media));
        }
    }

    public ClusterLoad {
        shares = Map.copyOf(shares);
    }

    public static ClusterLoad of(Collection<JsonNode> calls) {
        var shares = new HashMap<String, Share>();
        int live = 0;
        for (JsonNode call : calls) {
            if (call.path("state").asText().equals("ended")) {
                continue;
            }
            live++;
            String node = call.path("node").asText();
            String edge = call.path("edge").asText();
            String relay = call.path("mediaNode").asText();
            for (String name : List.of(node, edge, relay).stream().distinct().toList()) {
                Share share = shares.getOrDefault(name, Share.NONE);
                shares.put(name, share.plus(name.equals(node), name.equals(edge), name.equals(relay)));
            }
        }
        shares.remove("");
        return new ClusterLoad(live, shares);
    }

    public Share of(String node) {
        return shares.getOrDefault(node, Share.NONE);
    }

    /** The node with the largest figure among those named. */
    public Optional<String> most(Collection<String> nodes, ToIntFunction<Share> figure) {
        return nodes.stream().max((a, b) -> Integer.compare(figure.applyAsInt(of(a)), figure.applyAsInt(of(b))));
    }

    /** Whether every one of these nodes carries at least so many percent of the entities, the edges and the media. */
    public boolean spreadOver(Collection<String> nodes, int percent) {
        return nodes.stream().allMatch(node -> of(node).least() * 100 >= percent * calls);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        new TreeMap<>(shares)
                .forEach((node, share) -> text.append(text.isEmpty() ? "" : ", ")
                        .append("%s: %d entities, %d edges, %d media"
                                .formatted(node, share.entities(), share.edges(), share.media())));
        return text.toString();
    }
}
