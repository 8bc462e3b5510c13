package org.sempervox.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.cluster.ClusterLoad.Share;

class ClusterLoadTest {
    @Test
    void countsEachCallOnceForEachNodeThatItWouldMiss() {
        var load = ClusterLoad.of(List.of(
                call("talking", "n1", "n1", "n2"),
                call("setup", "n1", "n2", "n2"),
                call("ended", "n2", "n2", "n2"),
                call("setup", "n2", "n2", "")));
        assertThat(load.calls()).isEqualTo(3);
        assertThat(load.of("n1")).isEqualTo(new Share(2, 1, 0, 2));
        assertThat(load.of("n2")).isEqualTo(new Share(1, 2, 2, 3));
        assertThat(load.of("n3")).isEqualTo(new Share(0, 0, 0, 0));
        assertThat(load.most(List.of("n1", "n2"), Share::entities)).contains("n1");
        assertThat(load.most(List.of("n1", "n2"), Share::any)).contains("n2");
    }

    @Test
    void isSpreadOnlyIfEveryNodeHasItsPartOfEverything() {
        var load = ClusterLoad.of(List.of(
                call("talking", "n1", "n2", "n1"),
                call("talking", "n2", "n1", "n2"),
                call("talking", "n1", "n1", "n1")));
        assertThat(load.spreadOver(List.of("n1", "n2"), 33)).isTrue();
        assertThat(load.spreadOver(List.of("n1", "n2"), 34)).isFalse();
        assertThat(load.spreadOver(List.of("n1", "n2", "n3"), 1)).isFalse();
    }

    private static JsonNode call(String state, String node, String edge, String media) {
        return new ObjectMapper()
                .createObjectNode()
                .put("state", state)
                .put("node", node)
                .put("edge", edge)
                .put("mediaNode", media);
    }
}
