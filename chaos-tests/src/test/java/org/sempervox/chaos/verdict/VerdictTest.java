package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.client.Percentiles;
import org.sempervox.chaos.history.Entry;

class VerdictTest {
    @Test
    void everyCheckerPassesAGoodRun() {
        Verdict verdict = MadeRun.good()
                .withSecondLoad(3)
                .with(MadeRun.sippSaw(3, 3, 0, 0, 3, 3))
                .verdict();
        assertThat(verdict.findings())
                .as(() -> verdict.json().toPrettyString())
                .hasSize(17)
                .allMatch(finding -> finding.judged() == Judged.PASS);
        assertThat(verdict.good()).isTrue();
    }

    @Test
    void anEmptyHistoryIsNeverAPass() {
        Verdict verdict =
                MadeRun.empty(MadeRun.begin("Nothing", MadeRun.strict())).verdict();
        assertThat(verdict.judged()).isEqualTo(Judged.UNKNOWN);
        assertThat(verdict.findings().stream()
                        .filter(finding -> finding.judged() == Judged.PASS)
                        .map(Finding::checker))
                .as("there was no violation; every other checker has nothing to judge by")
                .containsExactly("protocol-kept");
    }

    @Test
    void aFailureOutweighsADoubt() {
        MadeRun run = MadeRun.good().damaged("it has no end").with(new Entry.Violation(1, "1000", "cseq", "a", "b"));
        assertThat(run.verdict().judged()).isEqualTo(Judged.FAIL);
    }

    /** A line that lacks what a checker needs makes that checker fail, not the verdict. */
    @Test
    void aCheckerThatEndsByAnErrorDoesNotKnow() {
        MadeRun broken = MadeRun.good()
                .change(
                        Entry.Phones.class,
                        _ -> true,
                        one -> new Entry.Phones(one.at(), one.worstLateMs(), unreadable()));
        assertThat(Alone.doubts(broken, "history-whole"))
                .singleElement()
                .asString()
                .startsWith("the checker itself failed: ");
    }

    private static List<String> unreadable() {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    @Test
    void theFileSaysWhatTheVerdictSays() {
        JsonNode json = MadeRun.good().looking(false, true).verdict().json();
        assertThat(json.path("verdict").asText()).isEqualTo("pass");
        assertThat(json.path("scenario").asText()).isEqualTo("frozen-node");
        assertThat(json.path("seed").asLong()).isEqualTo(42);
        assertThat(json.path("checks")).hasSize(17);
        JsonNode owner = json.path("checks").path(11);
        assertThat(owner.path("name").asText()).isEqualTo("one-owner");
        assertThat(owner.path("question").asText()).endsWith("?");
        assertThat(owner.path("verdict").asText()).isEqualTo("not-looked-at");
        assertThat(owner.path("reasons").path(0).asText()).contains("not captured");
        assertThat(json.path("checks").path(0).path("figures").path("lines").asText())
                .isNotEmpty();
    }

    @Test
    void manyReasonsAreCutAndCounted() {
        MadeRun run = MadeRun.good();
        for (int i = 0; i < 30; i++) {
            run.with(new Entry.Violation(i, "1000", "cseq", "a", "b"));
        }
        List<String> reasons = run.verdict().of("protocol-kept").reasons();
        assertThat(reasons).hasSize(13).last().isEqualTo("… and 18 more");
    }

    @Test
    void theNearestRankIsAValueThatWasMeasured() {
        Percentiles some = Percentiles.of(List.of(4d, 1d, 3d, 2d));
        assertThat(some.rank(50)).isEqualTo(2);
        assertThat(some.rank(99)).isEqualTo(4);
        assertThat(some.max()).isEqualTo(4);
        assertThat(Percentiles.of(List.of()).max()).isZero();
    }
}
