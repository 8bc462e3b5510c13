package org.sempervox.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one checker says, and that all others are content. */
final class Alone {
    private Alone() {}

    /** Only that checker is not content, and the run is judged by it; gives its reasons. */
    static List<String> fails(MadeRun run, String checker) {
        return says(run, checker, Judged.FAIL);
    }

    static List<String> doubts(MadeRun run, String checker) {
        return says(run, checker, Judged.UNKNOWN);
    }

    private static List<String> says(MadeRun run, String checker, Judged judged) {
        Verdict verdict = run.verdict();
        Map<String, Judged> discontent = verdict.findings().stream()
                .filter(finding -> finding.judged() == Judged.FAIL || finding.judged() == Judged.UNKNOWN)
                .collect(Collectors.toMap(Finding::checker, Finding::judged));
        assertThat(discontent)
                .as(() -> "those that are not content: " + verdict.json().toPrettyString())
                .isEqualTo(Map.of(checker, judged));
        assertThat(verdict.judged()).isEqualTo(judged);
        assertThat(verdict.good()).isFalse();
        return verdict.of(checker).reasons();
    }

    static void passes(MadeRun run) {
        Verdict verdict = run.verdict();
        assertThat(verdict.judged()).as(() -> verdict.json().toPrettyString()).isEqualTo(Judged.PASS);
    }

    static Judged judged(MadeRun run, String checker) {
        return run.verdict().of(checker).judged();
    }
}
