package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Result;

class FaultSpanTest {
    @Test
    void eachEndBelongsToTheFirstOpenBlowOnTheSameTargets() {
        var spans = FaultSpan.of(MadeRun.empty(MadeRun.begin("", MadeRun.strict()))
                .with(
                        fault(1_000, "n1", "inject"),
                        fault(2_000, "n2", "inject"),
                        fault(30_000, "n2", "heal"),
                        fault(31_000, "n1", "heal"),
                        fault(50_000, "n1", "inject"))
                .history());

        assertThat(spans.stream().map(FaultSpan::number)).containsExactly(1, 2, 3);
        assertThat(spans.stream().map(FaultSpan::healed)).containsExactly(31_005d, 30_005d, 50_005d);
        assertThat(FaultSpan.underWay(spans, 999)).isFalse();
        assertThat(FaultSpan.underWay(spans, 20_000)).isTrue();
        assertThat(FaultSpan.underWay(spans, 41_005)).isTrue();
        assertThat(FaultSpan.underWay(spans, 41_006)).isFalse();
        assertThat(FaultSpan.underWay(spans, 60_005)).isTrue();
    }

    private static Entry.Fault fault(double began, String target, String phase) {
        return new Entry.Fault(began + 5, began, "g", "cut", List.of(target), phase, Result.OK, "");
    }
}
