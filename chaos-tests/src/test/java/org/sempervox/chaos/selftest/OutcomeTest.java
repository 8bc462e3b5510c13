package org.sempervox.chaos.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;
import org.sempervox.chaos.verdict.Verdict;

class OutcomeTest {
    private static final BrokenBuild BROKEN = BrokenBuilds.named("call-stuck");
    private static final BrokenBuild HEALTHY = BrokenBuilds.named("healthy-kill");

    /** In which that checker alone says something else than that all is well. */
    private static Verdict verdict(String checker, Judged judged) {
        var findings = new ArrayList<Finding>();
        for (String name : Verdict.checkers()) {
            boolean that = name.equals(checker);
            findings.add(new Finding(
                    name, "", that ? judged : Judged.PASS, Map.of(), that ? List.of("call 7 goes on") : List.of()));
        }
        return new Verdict("kill", 1, judged, findings);
    }

    @Test
    void aBrokenBuildIsCaughtByItsOwnCheckerOnly() {
        Outcome caught = Outcome.of(BROKEN, verdict("no-call-stuck", Judged.FAIL), 60);
        assertThat(caught.asExpected()).isTrue();
        assertThat(caught.said()).isEqualTo("no-call-stuck fail");
        assertThat(caught.reason()).contains("call 7 goes on");
        Outcome other = Outcome.of(BROKEN, verdict("audio-gaps", Judged.FAIL), 60);
        assertThat(other.asExpected()).isFalse();
        assertThat(other.said()).isEqualTo("no-call-stuck pass");
        assertThat(other.json().path("notContent").asText()).isEqualTo("audio-gaps fail");
        assertThat(Outcome.of(BROKEN, verdict("no-call-stuck", Judged.UNKNOWN), 60)
                        .asExpected())
                .isFalse();
        assertThat(Outcome.without(BROKEN, "it did not start", 60).asExpected()).isFalse();
    }

    @Test
    void aHealthyBuildMustPassAll() {
        assertThat(Outcome.of(HEALTHY, verdict("", Judged.PASS), 60).asExpected())
                .isTrue();
        Outcome red = Outcome.of(HEALTHY, verdict("new-call-delay", Judged.FAIL), 60);
        assertThat(red.asExpected()).isFalse();
        assertThat(red.said()).isEqualTo("new-call-delay fail");
    }
}
