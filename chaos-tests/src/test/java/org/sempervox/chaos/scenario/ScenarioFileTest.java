package org.sempervox.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.sempervox.cluster.settings.SettingsProblem;

class ScenarioFileTest {
    static final List<String> READY = ScenarioFile.READY;

    @ParameterizedTest
    @FieldSource("READY")
    void everyReadyOneCanBeReadAndHasFaults(String name) throws Exception {
        Scenario scenario = ScenarioFile.find(name, 1);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.title()).isNotEqualTo(name);
        assertThat(scenario.timeline())
                .isNotEmpty()
                .allSatisfy(
                        step -> assertThat(step.at().plus(step.blow().lasts())).isLessThan(scenario.length()));
    }

    @Test
    void whatIsNotWrittenIsSafe() {
        Scenario scenario = ScenarioFile.parse("mine", "", 1);
        assertThat(scenario.topology()).isEqualTo("office");
        assertThat(scenario.store()).isEqualTo("h2");
        assertThat(scenario.expect().lostCalls()).isZero();
        assertThat(scenario.expect().gapMs()).isEqualTo(1000);
        assertThat(scenario.timeline()).isEmpty();
    }

    @Test
    void sippPlacesCallsOnlyIfAskedFor() throws Exception {
        assertThat(ScenarioFile.parse("mine", "", 1).load().sippCallsPerSecond())
                .isZero();
        Scenario scenario = ScenarioFile.parse("mine", "load { sipp-calls-per-second = 1.5 }", 1);
        assertThat(scenario.load().sippCallsPerSecond()).isEqualTo(1.5);
        assertThat(scenario.withoutForwarding().load().sippCallsPerSecond()).isEqualTo(1.5);
        assertThat(scenario.load().lines())
                .isEqualTo(ScenarioFile.parse("mine", "", 1).load().lines());
        for (String ready : ScenarioFile.READY) {
            assertThat(ScenarioFile.find(ready, 1).load().sippCallsPerSecond())
                    .as(ready)
                    .isZero();
        }
    }

    @Test
    void aTimelineIsSortedAndHasDefaults() {
        Scenario scenario = ScenarioFile.parse(
                "mine",
                "timeline = [ { at = 20 s, fault = kill }, { at = 10 s, fault = freeze, target = n2, for = 3 s } ]",
                1);
        assertThat(scenario.timeline())
                .containsExactly(
                        new Scenario.Step(
                                Duration.ofSeconds(10),
                                new Blow(FaultKind.FREEZE, new Target("n2"), Duration.ofSeconds(3), 0)),
                        new Scenario.Step(
                                Duration.ofSeconds(20),
                                new Blow(FaultKind.KILL, new Target("busiest"), Duration.ZERO, 0)));
    }

    @Test
    void chanceIsTheSameForTheSameSeed() {
        String text = "length = 300 s, random { first = 5 s, every = 10 s, calm = 20 s, faults = ["
                + " { fault = kill, target = \"one full\" }, { fault = stop, target = n1 } ] }";
        var once = ScenarioFile.parse("mine", text, 7).timeline();
        assertThat(once)
                .isEqualTo(ScenarioFile.parse("mine", text, 7).timeline())
                .hasSizeGreaterThan(5);
        assertThat(once).isNotEqualTo(ScenarioFile.parse("mine", text, 8).timeline());
        assertThat(once.getLast().at()).isLessThanOrEqualTo(Duration.ofSeconds(280));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lenght = 3 s | lenght | one of",
                "timeline = [ { at = 5 s, fault = explode } ] | timeline[0].fault | kill, freeze",
                "timeline = [ { fault = kill } ] | timeline[0].at | nothing",
                "timeline = [ { at = 90 s, fault = kill } ] | timeline | within the length",
                "timeline = [ { at = soon, fault = kill } ] | timeline[0].at | unit",
                "timeline = [ { at = 5 s, fault = kill, target = everybody } ] | timeline[0].target | busiest",
                "timeline = [ { at = 5 s, fault = loss } ] | timeline[0].percent | 100",
                "load { calls-per-second = 0 } | load.calls-per-second | above 0",
                "load { sipp-calls-per-second = 51 } | load.sipp-calls-per-second | from 0.01 to 50, or 0",
                "load { sipp-calls-per-second = -1 } | load.sipp-calls-per-second | from 0.01 to 50, or 0",
                "load { sipp-calls-per-second = some } | load.sipp-calls-per-second | a number",
                "load { talk = [ 9 s, 3 s ] } | load.talk | longest",
                "load { forked = 80, forwarded = 30 } | load.forked | 100",
                "expect { fenced = perhaps } | expect.fenced | true or false",
                "random { faults = [] } | random.faults | at least one",
            })
    void aRefusalNamesThePathAndWhatWasExpected(String text, String path, String expected) {
        assertThatThrownBy(() -> ScenarioFile.parse("mine", text, 1))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(path)
                .hasMessageContaining(expected);
    }

    @Test
    void aNameThatIsNoFileNamesTheReadyOnes() {
        assertThatThrownBy(() -> ScenarioFile.find("kill-nobody", 1))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("kill-nobody")
                .hasMessageContaining("kill-one");
    }

    @Test
    void targetsAreResolvedByWhatTheClusterIsAtTheMoment() {
        var view = new Target.View(List.of("n1", "n2", "n3"), Optional.of("w1"), "n1", "n2", "n3", "n2");
        var random = new SplittableRandom(1);
        assertThat(new Target("busiest").resolve(view, random)).containsExactly("n2");
        assertThat(new Target("oldest").resolve(view, random)).containsExactly("n1");
        assertThat(new Target("most calls").resolve(view, random)).containsExactly("n3");
        assertThat(new Target("owner of the address").resolve(view, random)).containsExactly("n2");
        assertThat(new Target("witness").resolve(view, random)).containsExactly("w1");
        assertThat(new Target("n7").resolve(view, random)).containsExactly("n7");
        assertThat(new Target("all").resolve(view, random)).hasSize(3);
        assertThat(new Target("minority").resolve(view, random)).hasSize(1);
        assertThat(new Target("one full").resolve(view, random)).hasSize(1).isSubsetOf(view.full());
    }

    @Test
    void aMinorityOfTwoFullNodesAndAWitnessIsOneFullNode() {
        var view = new Target.View(List.of("n1", "n2"), Optional.of("w1"), "n1", "n2", "n2", "n1");
        for (int seed = 0; seed < 20; seed++) {
            assertThat(new Target("minority").resolve(view, new SplittableRandom(seed)))
                    .hasSize(1)
                    .isSubsetOf(view.full());
        }
    }
}
