package org.sempervox.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sempervox.chaos.history.History;

/** All findings on one history. The same history gives the same verdict anywhere. */
public record Verdict(String scenario, long seed, Judged judged, List<Finding> findings) {
    public static final String FILE = "verdict.json";

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Passed only if every checker passed that looked, and at least one did; a checker that ended by an error does not know. */
    public static Verdict of(History history) {
        var findings = new ArrayList<Finding>();
        for (Checker checker : Checkers.ALL) {
            findings.add(ask(checker, history));
        }
        return new Verdict(history.begin().scenario(), history.begin().seed(), worst(findings), findings);
    }

    /** Names of all checkers, in the order of reports. */
    public static List<String> checkers() {
        return Checkers.ALL.stream().map(Checker::name).toList();
    }

    private static Finding ask(Checker checker, History history) {
        var opinion = new Opinion();
        try {
            checker.check(history, opinion);
        } catch (RuntimeException e) {
            opinion.unknown("the checker itself failed: " + e);
        }
        return opinion.of(checker);
    }

    private static Judged worst(List<Finding> findings) {
        for (Judged bad : List.of(Judged.FAIL, Judged.UNKNOWN)) {
            if (findings.stream().anyMatch(finding -> finding.judged() == bad)) {
                return bad;
            }
        }
        return findings.stream().anyMatch(finding -> finding.judged() == Judged.PASS) ? Judged.PASS : Judged.UNKNOWN;
    }

    public boolean good() {
        return judged == Judged.PASS;
    }

    /** The finding of that checker. */
    public Finding of(String checker) {
        return findings.stream()
                .filter(finding -> finding.checker().equals(checker))
                .findFirst()
                .orElseThrow();
    }

    /** {@code {verdict, scenario, seed, checks: [{name, question, verdict, figures, reasons}]}}. */
    public JsonNode json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("verdict", text(judged));
        root.put("scenario", scenario);
        root.put("seed", seed);
        ArrayNode all = root.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode one = all.addObject();
            one.put("name", finding.checker());
            one.put("question", finding.question());
            one.put("verdict", text(finding.judged()));
            one.set("figures", new ObjectMapper().valueToTree(finding.figures()));
            one.set("reasons", new ObjectMapper().valueToTree(finding.reasons()));
        }
        return root;
    }

    /** In small letters with hyphens, as in files and reports. */
    public static String text(Judged judged) {
        return judged.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
