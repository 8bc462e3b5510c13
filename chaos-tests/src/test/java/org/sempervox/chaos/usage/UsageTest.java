package org.sempervox.chaos.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void processTimeIsUserAndSystemWhateverTheProcessIsCalled() {
        String stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 100 0 0 0 250 50 30 20 20 0 40 0 12345 1 2 3";
        assertThat(ProcessTime.parse(stat)).isEqualTo(new ProcessTime(3000, 500));
    }

    @Test
    void thisProcessHasUsedTime() throws IOException {
        assertThat(ProcessTime.of(ProcessHandle.current().pid()).ownMillis()).isPositive();
    }

    @Test
    void machineTimeLeavesIdlingWaitingAndGuestsOut() {
        assertThat(MachineTime.parse("cpu  100 20 30 9000 800 1 2 3 77 7").busyMillis())
                .isEqualTo(1560);
    }

    @Test
    void histogramSaysWhatIsReachable() {
        var lines = Stream.of(
                " num     #instances         #bytes  class name (module)",
                "   1:         18210        1482928  [B (java.base@25)",
                "Total        114839        6291456");
        assertThat(Memory.parseHistogram(lines)).isEqualTo(6291456);
        assertThat(Memory.parseHistogram(Stream.of("4711: no such process"))).isNegative();
    }

    /** What a collection leaves between the objects it did not move is dead, and lies in the histogram. */
    @Test
    void whatFillsGapsOfTheHeapIsNotAlive() {
        var lines = Stream.of(
                " num     #instances         #bytes  class name (module)",
                "   1:          4914       13212008  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)",
                "   2:         18210        1482928  [B (java.base@25.0.3)",
                "   3:            10            160  jdk.internal.vm.FillerObject (java.base@25.0.3)",
                "Total        532159       14695096");
        assertThat(Memory.parseHistogram(lines)).isEqualTo(1482928);
    }

    @Test
    void residentMemoryIsReadFromStatus() throws IOException {
        assertThat(Memory.parseStatus("Name:\tjava\nVmHWM:\t  300000 kB\nVmRSS:\t  242424 kB\n"))
                .isEqualTo(242424);
        assertThatThrownBy(() -> Memory.parseStatus("Name:\tkthreadd\n")).hasMessageContaining("VmRSS");
    }

    @Test
    void usageIsTheDifferenceOfTwoReadings() {
        var before = new Reading(0, Map.of(1L, 1000L, 2L, 500L), 100, 50, 10_000);
        var after = new Reading(2_000_000_000L, Map.of(1L, 1800L, 2L, 700L), 350, 250, 12_450);
        Usage usage = before.until(after);
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(usage).isEqualTo(new Usage(2, 1000, 250, 200, 100.0 * 1000 / (2000 * cores)));
    }

    @Test
    void aNodeThatWasReplacedSpoilsTheFigures() {
        var before = new Reading(0, Map.of(1L, 1000L), 0, 0, 0);
        var after = new Reading(1, Map.of(9L, 10L), 0, 0, 0);
        assertThatThrownBy(() -> before.until(after))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started again");
    }
}
