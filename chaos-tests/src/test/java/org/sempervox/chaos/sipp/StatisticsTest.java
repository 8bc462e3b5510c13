package org.sempervox.chaos.sipp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class StatisticsTest {
    private static final String NAMES = "StartTime;TotalCallCreated;SuccessfulCall(P);SuccessfulCall(C);FailedCall(C);"
            + "FailedUnexpectedMessage(C);Retransmissions(C);ResponseTime1(P);ResponseTime1(C);";

    @TempDir
    Path folder;

    @Test
    void lastLineCounts() throws IOException {
        var lines = List.of(
                NAMES,
                "x;10;1;9;0;0;0;00:00:00:000000;00:00:00:004000;",
                "x;50;0;47;3;2;5;00:00:00:000000;00:00:01:012500;");
        assertThat(Statistics.parse(lines)).isEqualTo(new Statistics(50, 47, 3, 2, 0, 5, 1012.5));
    }

    @Test
    void whatTheScenarioCountsAsRefusedIsRead() throws IOException {
        var lines = List.of(NAMES + "refused(P);refused(C);", "x;50;0;47;1;1;5;;00:00:00:004000;2;7;");
        assertThat(Statistics.parse(lines)).isEqualTo(new Statistics(50, 47, 1, 1, 7, 5, 4));
        assertThat(Statistics.parse(lines).open()).isEqualTo(2);
    }

    @Test
    void aLineThatSippHasNotFinishedDoesNotCount() throws IOException {
        var lines = List.of(NAMES, "x;10;1;9;1;1;2;00:00:00:000000;00:00:00:004000;", "x;50;0");
        assertThat(Statistics.parse(lines)).isEqualTo(new Statistics(10, 9, 1, 1, 0, 2, 4));
    }

    @Test
    void nothingWrittenYetIsNothing() throws IOException {
        assertThat(Statistics.read(folder.resolve("none.csv"))).isEqualTo(Statistics.NONE);
        assertThat(Statistics.parse(List.of(NAMES))).isEqualTo(Statistics.NONE);
    }

    @Test
    void anotherReleaseWithOtherColumnsIsRefused() {
        assertThatThrownBy(() -> Statistics.parse(List.of("A;B;", "1;2;"))).hasMessageContaining("TotalCallCreated");
    }

    @Test
    void bothFormsOfDurationsAreRead() {
        assertThat(Statistics.duration("01:02:03:000500")).isEqualTo(3_723_000.5);
        assertThat(Statistics.duration("00:00:00.012000")).isEqualTo(12);
        assertThat(Statistics.duration("")).isZero();
    }

    @Test
    void sumWeighsTheMeanBySuccess() {
        assertThat(new Statistics(10, 10, 0, 0, 1, 1, 4).plus(new Statistics(31, 30, 1, 1, 3, 2, 8)))
                .isEqualTo(new Statistics(41, 40, 1, 1, 4, 3, 7));
    }

    @Test
    void messagesOfCallsThatAreOverAreNoTrouble() {
        String dead =
                "2026-11-27\t23:42:54.326854\t1795822974.326854: Dead call 2-25@h (successful), received 'BYE x\r\n'";
        String bad =
                "2026-11-27\t23:42:55.000001\t1795822975.000001: Aborting call on unexpected message for Call-Id '3'";
        assertThat(SippRun.trouble("The following events occurred:\n" + dead + bad + "\r\nVia: x" + bad + dead))
                .isEqualTo(bad.replace('\t', ' ') + " Via: x");
        assertThat(SippRun.trouble("The following events occurred:\n" + dead)).isEmpty();
        assertThat(SippRun.trouble(dead.replace("Dead call", "Overload warning:")))
                .isEmpty();
        assertThat(SippRun.trouble("")).isEmpty();
    }

    @Test
    void noSippNamesThePackage() {
        assertThatThrownBy(() -> Sipp.find(folder.toString()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("sip-tester");
    }

    @Test
    void ratesBelowOneUseALongerPeriod() {
        assertThat(Sipp.rate(150)).containsExactly("-r", "150");
        assertThat(Sipp.rate(0.5)).containsExactly("-r", "5", "-rp", "10000");
        assertThat(Sipp.rate(0.25)).containsExactly("-r", "250", "-rp", "1000000");
    }

    @Test
    void numbersAreSpreadOverThePlan() throws IOException {
        assertThat(new Numbers(100_000).spread(4)).containsExactly(100_000, 125_000, 150_000, 175_000);
        assertThat(new Numbers(3).spread(10)).containsExactly(100_000, 100_001, 100_002);
        assertThat(new Numbers(100_000).pbxFile()).contains("range = \"100000-199999\"");
        Path file = Numbers.calls(folder.resolve("calls.inf"), List.of(100_000, 100_002), List.of(100_001));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "SEQUENTIAL",
                        "100000;100001;[authentication username=100000 password=pw100000];",
                        "100002;100001;[authentication username=100002 password=pw100002];");
    }

    @Test
    void phonesOfAnotherPlanHaveTheirOwnPasswords() throws IOException {
        var caller = new Credentials("9000", "secret");
        var callee = new Credentials("9001", "other");
        assertThat(Files.readAllLines(Numbers.callsOf(folder.resolve("c.inf"), List.of(caller), List.of(callee))))
                .containsExactly("SEQUENTIAL", "9000;9001;[authentication username=9000 password=secret];");
        assertThat(Files.readAllLines(Numbers.registrationsOf(folder.resolve("r.inf"), List.of(callee))))
                .containsExactly("SEQUENTIAL", "9001;[authentication username=9001 password=other];");
    }

    @Test
    void everyScenarioIsWholeAndAudioNamesItsPort() throws IOException {
        for (Scenario scenario : Scenario.values()) {
            String text = Files.readString(scenario.write(folder, "pbx.example"));
            assertThat(text).contains("</scenario>").doesNotContain("@PORT@", "@ANSWER@", "@OFFER@", "@DOMAIN@");
        }
        assertThat(Files.readString(Scenario.CALLER_WITH_AUDIO.write(folder, "pbx.example")))
                .contains("INVITE sip:[field1]@pbx.example SIP/2.0")
                .contains("m=audio [field3]", "<log message=\"[field3] [$host] [$port]\"/>");
    }
}
