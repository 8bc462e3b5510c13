package org.sempervox.chaos.scenario;

import java.time.Duration;
import java.util.List;
import org.sempervox.chaos.history.Expectations;

/**
 * One run in full.
 *
 * @param topology of {@code up}
 * @param spare full nodes that are planned and not started
 * @param length how long calls are placed
 * @param timeline in the order of time
 */
public record Scenario(
        String name,
        String title,
        String topology,
        int spare,
        String store,
        Duration length,
        Load load,
        List<Step> timeline,
        Expectations expect) {
    public Scenario {
        timeline = List.copyOf(timeline);
    }

    /** A fault and when it strikes, from the moment at which calls begin. */
    public record Step(Duration at, Blow blow) {}

    /** The same elsewhere. */
    public Scenario on(String otherTopology, String otherStore) {
        return new Scenario(name, title, otherTopology, spare, otherStore, length, load, timeline, expect);
    }

    /** The same without calls to extensions that would have to be set up for it. */
    public Scenario withoutForwarding() {
        var plain = new Load(
                load.callsPerSecond(),
                load.talkFrom(),
                load.talkTo(),
                load.heldPercent(),
                load.forkedPercent(),
                0,
                load.idlePhones(),
                load.sippCallsPerSecond());
        return new Scenario(name, title, topology, spare, store, length, plain, timeline, expect);
    }

    public boolean needs(FaultKind.Needs what) {
        return timeline.stream().anyMatch(step -> step.blow().kind().needs() == what);
    }
}
