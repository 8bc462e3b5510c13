package org.sempervox.chaos.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;
import org.sempervox.chaos.verdict.Verdict;

/**
 * What became of one build.
 *
 * @param verdict empty if there is none
 * @param why there is none
 */
public record Outcome(BrokenBuild build, Optional<Verdict> verdict, String why, double seconds) {
    /** A run to its end. */
    public static Outcome of(BrokenBuild build, Verdict verdict, double seconds) {
        return new Outcome(build, Optional.of(verdict), "", seconds);
    }

    /** One without a verdict. */
    public static Outcome without(BrokenBuild build, String why, double seconds) {
        return new Outcome(build, Optional.empty(), why, seconds);
    }

    /** A broken build by the checker of its name, a healthy one by all. */
    public boolean asExpected() {
        return verdict.filter(one -> build.isHealthy()
                        ? one.good()
                        : build.checkers().stream()
                                .anyMatch(name -> one.of(name).judged() == Judged.FAIL))
                .isPresent();
    }

    /** What the expected checkers say; of a healthy build, what all say that are not content. */
    public String said() {
        return verdict.map(one -> build.isHealthy() ? discontent(one) : expected(one))
                .orElse("no verdict: " + why);
    }

    private String expected(Verdict one) {
        return String.join(
                ", ",
                build.checkers().stream()
                        .map(name -> name + " " + words(one.of(name).judged()))
                        .toList());
    }

    private static String discontent(Verdict one) {
        List<String> all = one.findings().stream()
                .filter(finding -> finding.judged() == Judged.FAIL || finding.judged() == Judged.UNKNOWN)
                .map(finding -> finding.checker() + " " + words(finding.judged()))
                .toList();
        return all.isEmpty() ? "all pass" : String.join(", ", all);
    }

    private static String words(Judged judged) {
        return Verdict.text(judged);
    }

    /** First reason of the checker that failed as expected. */
    public Optional<String> reason() {
        return verdict.stream()
                .flatMap(one -> one.findings().stream())
                .filter(finding -> build.isHealthy() || build.checkers().contains(finding.checker()))
                .filter(finding -> finding.judged() == Judged.FAIL)
                .map(Finding::reasons)
                .flatMap(List::stream)
                .findFirst();
    }

    /** {@code {name, description, scenario, expected, said, reason, others, asExpected, seconds}}. */
    public JsonNode json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("name", build.name());
        root.put("description", build.description());
        root.put("scenario", build.scenario());
        build.checkers().forEach(root.putArray("expected")::add);
        root.put("said", said());
        root.put("reason", reason().orElse(""));
        verdict.ifPresent(one -> root.put("notContent", discontent(one)));
        root.put("asExpected", asExpected());
        root.put("seconds", Math.round(seconds));
        return root;
    }
}
