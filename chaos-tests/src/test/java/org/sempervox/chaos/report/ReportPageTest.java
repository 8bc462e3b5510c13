package org.sempervox.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;
import org.sempervox.chaos.verdict.MadeRun;
import org.sempervox.chaos.verdict.Verdict;

class ReportPageTest {
    private static final String EVIL = "<script>alert('1')</script>\"&\u202e";

    @Test
    void aGoodRunIsToldInOneSentenceAndNeedsNoPlaceToLook() {
        String page = page(MadeRun.good());
        assertThat(page)
                .contains("</svg> Passed</p>")
                .contains("<h1>A node freezes and comes back</h1>")
                .contains("Freeze of n2 at 10.0 s while 1 call was up. All 4 calls that were placed were connected;"
                        + " no connected call was lost. The longest silence was 180 ms.")
                .contains("<code>./sempervox chaos run frozen-node --seed 42</code>")
                .contains("office: n1, n2, w")
                .doesNotContain("Where to look");
        for (var finding : MadeRun.good().verdict().findings()) {
            assertThat(page).contains(finding.checker(), Html.text(finding.question()));
        }
    }

    @Test
    void aRunInWhichACallIsLostSaysWhichAndWhereToLook() {
        String page = page(MadeRun.good().operation(2, Verb.BYE, Result.FAILED));
        assertThat(page)
                .contains("</svg> Failed</p>")
                .contains("1 of 4 connected calls was lost (call 2).")
                .contains("id=\"look-no-call-lost\"")
                .contains(Html.text("grep -F '\"call\":2,' history.jsonl"))
                .contains(Html.text("grep -n -F -e a2@phone -e b2@pbx phones.trace cluster/*.log"))
                .contains("<details id=\"call-2\" open>")
                .contains("bye at 1001: failed (500), as the test says, after 20 ms");
    }

    /** The line numbers of the page are those of the file. */
    @Test
    void linesHaveTheNumbersOfTheFile(@TempDir Path folder) throws IOException {
        History history =
                MadeRun.good().operation(3, Verb.CONNECT, Result.FAILED).history();
        List<Entry> entries = history.entries();
        int line = 0;
        for (int i = 0; i < entries.size(); i++) {
            boolean itsPlacing = entries.get(i) instanceof Entry.Placed placed && placed.call() == 3;
            line = itsPlacing ? i + 2 : line;
        }
        ReportPage.write(folder, history, Verdict.of(history));
        assertThat(Files.readString(folder.resolve(ReportPage.FILE)))
                .contains("<td class=\"n\">" + line + "</td><td class=\"n\">12.000 s</td><td>1002 dials 2002 (direct)");
    }

    @Test
    void aRunThatProvesNothingSaysSo() {
        assertThat(page(MadeRun.good().damaged("it has no end")))
                .contains("</svg> Cannot tell</p>")
                .contains("history-whole</a>: it has no end")
                .contains("Nothing else on this page is proved.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "bad", "empty", "evil"})
    void thePageNeedsNothingButItselfAndEveryLinkLeadsSomewhere(String kind) throws Exception {
        String page = page(run(kind));
        assertThat(page)
                .doesNotContainPattern("(?i)https?:|\\bsrc=|<link|<script|@import|url\\(|<iframe|\\son[a-z]+=")
                .doesNotContain("\u202e")
                .doesNotContain("NaN", "Infinity", "Optional[", "null")
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n");
        for (String target : all(page, "href=\"#([^\"]+)\"")) {
            assertThat(page).contains("id=\"" + target + "\"");
        }
        List<String> drawings = all(page, "(?s)(<svg.*?</svg>)");
        assertThat(drawings).hasSizeGreaterThan(3);
        for (String drawing : drawings) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static MadeRun run(String kind) {
        return switch (kind) {
            case "good" -> RealisticRun.good(7, 42);
            case "bad" -> RealisticRun.bad(7, 42);
            case "empty" -> MadeRun.empty(MadeRun.begin("Nothing", MadeRun.strict()));
            case "evil" -> evil();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Everything that comes from outside is as bad as it can be. */
    private static MadeRun evil() {
        return MadeRun.good()
                .begun(one -> new Entry.Begin(
                        0,
                        EVIL,
                        EVIL,
                        1,
                        EVIL,
                        EVIL,
                        EVIL,
                        EVIL,
                        List.of(EVIL),
                        List.of(EVIL),
                        true,
                        true,
                        1,
                        one.expect()))
                .with(new Entry.Placed(13_000, 9, EVIL, EVIL, EVIL, EVIL))
                .with(new Entry.Operation(13_500, 13_000, 9, EVIL, Verb.CONNECT, Result.FAILED, 500, EVIL))
                .with(new Entry.Over(14_000, 9, true, EVIL, List.of(EVIL)))
                .with(new Entry.Fault(13_001, 13_000, EVIL, EVIL, List.of(EVIL), "inject", Result.UNKNOWN, EVIL))
                .with(new Entry.NodeProcess(13_001, EVIL, 1, EVIL), new Entry.Woken(13_002, EVIL, -1, 2, 3))
                .with(new Entry.Binding(1, EVIL, false, EVIL), new Entry.Violation(1, EVIL, EVIL, EVIL, EVIL))
                .with(new Entry.Left(1, EVIL, 1, 2, EVIL), new Entry.Phones(1, 1, List.of(EVIL)))
                .with(new Entry.Overlap(1, 0, EVIL, List.of(EVIL), 1));
    }

    @Test
    void theFolderGetsThePageAndTheVerdictAndOnlyFilesThatAreThereAreNamed(@TempDir Path folder) throws IOException {
        History history = RealisticRun.bad(7, 42).history();
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("cluster/n1.log"), "");
        Files.writeString(folder.resolve("history.jsonl"), "");

        ReportPage.write(folder, history, Verdict.of(history));
        ReportPage.write(folder, history, Verdict.of(history));

        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("cluster/n1.log")
                .doesNotContain("n2.log", "phones.trace", "pcap");
        String json = Files.readString(folder.resolve("verdict.json"));
        assertThat(new ObjectMapper().readTree(json).toString())
                .isEqualTo(Verdict.of(history).json().toString());
        assertThat(json.lines().count()).isGreaterThan(50);
    }

    @Test
    void everyCallIsInOnePhase() {
        Run run = Run.of(
                RealisticRun.good(3, 60).history(), RealisticRun.good(3, 60).verdict());
        assertThat(PhaseTable.phases(run)).hasSize(5);
        for (var call : run.calls()) {
            assertThat(PhaseTable.phases(run).stream()
                            .filter(phase -> phase.covers().test(call.placed().at())))
                    .as(call.name())
                    .hasSize(1);
        }
    }

    @Test
    void aLongRunWithManyFaultsAndSilencesStaysReadable() {
        MadeRun run = MadeRun.good();
        for (int i = 0; i < 40; i++) {
            double at = 60_000 + i * 60_000;
            run.with(new Entry.Fault(at + 5, at, "e", "kill", List.of("n" + (1 + i % 2)), "inject", Result.OK, ""));
            List<Silence> many = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(n -> new Silence(at + n, 60 + n, false))
                    .toList();
            run.with(MadeRun.call(100 + i, at - 5_000, 40, 30_000, many));
        }
        String page = page(run);
        assertThat(page)
                .contains("41 faults struck between 10.0 s and 2400.0 s, each while at least 1 call was up.")
                .contains("during one of 41 faults")
                .contains("in minutes")
                .contains("The longest 3000 of 8002 are drawn.");
        assertThat(page.length()).isLessThan(1_500_000);
    }

    @Test
    void namesFromOutsideDoNotBecomeAPartOfACommand() {
        assertThat(Shell.line("grep", "a b", "it's", "$(rm -rf x)", "x@1.2.3.4"))
                .isEqualTo("grep 'a b' 'it'\\''s' '$(rm -rf x)' x@1.2.3.4");
        assertThat(Html.text("a<b>\"c'&\u0007\u202e\n")).isEqualTo("a&lt;b&gt;&quot;c&#39;&amp;\ufffd\ufffd ");
    }

    private static String page(MadeRun run) {
        return ReportPage.html(run.history(), run.verdict());
    }

    private static List<String> all(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(ReportPageTest::group)
                .toList();
    }

    private static String group(MatchResult match) {
        return match.group(1);
    }
}
