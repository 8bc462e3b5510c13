package org.sempervox.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Entry.Begin BEGIN = new Entry.Begin(
            0,
            "kill-one",
            "One node is killed",
            42,
            "here",
            "2026-11-27T19:31:52Z",
            "office",
            "h2",
            List.of("n1", "n2", "w"),
            List.of("127.0.0.11"),
            true,
            false,
            45_000,
            new Expectations(500, 2000, 1, 2, true, false));
    /** One of each kind but the beginning. */
    private static final List<Entry> ALL = List.of(
            new Entry.Placed(1000.125, 7, "1000", "2000", "2001", "forwarded"),
            new Entry.Operation(
                    1400, 1000.125, 7, "1000", Verb.HEAR_AT_CALLER, Result.UNKNOWN, 408, "no \"answer\"\nat all é"),
            new Entry.Audio(9000, 1500, 7, Side.CALLEE, 300, List.of(new Entry.Silence(2000, 61.5, true)), 1, 2, 3, 4),
            new Entry.Over(9100, 7, true, "the callee", List.of("a@b", "c@d")),
            new Entry.Fault(5003, 5000, "e", "kill", List.of("n2"), "inject", Result.FAILED, "no such process"),
            new Entry.NodeProcess(5004, "n2", 4711, "ended"),
            new Entry.Woken(6000, "n2", -1, -1, 12),
            new Entry.Binding(10_000, "1000", false, "404"),
            new Entry.CallDetail(10_001, "r1", "1000", "2000", "2001", 1004, -1, 9050, "callee", 16, true),
            new Entry.Violation(1450, "1000", "cseq", "a@b", "2 after 3"),
            new Entry.Speech(6000, 5000, "127.0.0.11", "n1", 44),
            new Entry.Overlap(6100, 6000, "127.0.0.11", List.of("n1", "n2"), 3),
            new Entry.Writing(10_002, "call-a", 1, 4, "n1-1", 1005.5, 9001),
            new Entry.Left(10_003, "media ports", 0, 2, "n1: 40000, 40002"),
            new Entry.Phones(10_004, 8.5, List.of("a defect")),
            new Entry.SecondLoad(20, 1.5, 5000, 10_100, 10_141),
            new Entry.SecondOpinion(10_004.5, 30, 60, 55, 2, 3, 1, 7, 56, 54, "a \"507\""),
            new Entry.Note(10_005, "for people"));

    @TempDir
    Path folder;

    @Test
    void everyKindOfLineIsReadBackAsItWas() throws IOException {
        assertThat(ALL.stream().map(Entry::getClass).distinct().count() + 1)
                .as("kinds of lines in this test")
                .isEqualTo(Entry.class.getPermittedSubclasses().length);
        write(true);

        History history = History.read(folder);

        assertThat(history.begin()).isEqualTo(BEGIN);
        assertThat(history.entries()).isEqualTo(ALL);
        assertThat(history.damage()).isEmpty();
    }

    @Test
    void aLineStandsOnTheDiskAsSoonAsItIsAdded() throws IOException {
        HistoryFile file = HistoryFile.create(folder, System.nanoTime(), _ -> {});
        file.add(BEGIN);
        file.add(ALL.getFirst());

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).startsWith("{\"n\":2,\"kind\":\"placed\",\"at\":1000.125,\"call\":7,");
        file.breakOff();
    }

    @Test
    void anOlderHistoryIsNeverOverwritten() throws IOException {
        write(true);
        assertThatThrownBy(() -> HistoryFile.create(folder, 0, _ -> {})).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void nothingComesAfterTheSeal() throws IOException {
        HistoryFile file = HistoryFile.create(folder, 0, _ -> {});
        file.add(BEGIN);
        file.close();
        file.add(ALL.getFirst());
        file.close();

        assertThat(lines()).hasSize(2);
        assertThat(History.read(folder).damage()).isEmpty();
    }

    @Test
    void aRunThatWasBrokenOffHasNoSeal() throws IOException {
        write(false);
        History history = History.read(folder);
        assertThat(history.entries()).isEqualTo(ALL);
        assertThat(history.damage()).singleElement().asString().contains("it has no end");
    }

    @Test
    void theSealIsMissed() throws IOException {
        write(true);
        edit(lines -> lines.removeLast());
        assertThat(History.read(folder).damage()).singleElement().asString().contains("it has no end");
    }

    @Test
    void everyDeletedLineIsNoticed() throws IOException {
        write(true);
        List<String> whole = lines();
        for (int i = 1; i < whole.size() - 1; i++) {
            var less = new ArrayList<>(whole);
            less.remove(i);
            assertThat(History.parse(less).damage())
                    .as("without line " + (i + 1))
                    .contains("line " + (i + 1) + " has the number " + (i + 2))
                    .contains("the lines are not those that were sealed");
        }
    }

    @Test
    void everyChangedLineIsNoticed() throws IOException {
        write(true);
        List<String> whole = lines();
        for (int i = 0; i < whole.size() - 1; i++) {
            var other = new ArrayList<>(whole);
            other.set(i, whole.get(i).replaceFirst("\"at\":", "\"at\":3"));
            assertThat(History.parse(other).damage())
                    .as("line " + (i + 1) + " changed")
                    .containsExactly("the lines are not those that were sealed");
        }
    }

    @Test
    void swappedAndRepeatedLinesAreNoticed() throws IOException {
        write(true);
        var swapped = lines();
        java.util.Collections.swap(swapped, 3, 4);
        assertThat(History.parse(swapped).damage()).contains("the lines are not those that were sealed");
        var twice = lines();
        twice.add(4, twice.get(4));
        assertThat(History.parse(twice).damage()).contains("the lines are not those that were sealed");
    }

    @Test
    void aLineAfterTheSealIsNoticed() throws IOException {
        write(true);
        edit(lines -> lines.add(lines.get(1)));
        assertThat(History.read(folder).damage()).containsExactly("line " + (ALL.size() + 3) + " comes after the seal");
    }

    @Test
    void aLineThatIsCutOffOrOfAnUnknownKindOrNoObjectIsNoticed() throws IOException {
        write(true);
        List<String> whole = lines();
        for (String bad :
                List.of("{\"n\":3,\"kind\":\"operat", "{\"n\":3,\"kind\":\"magic\"}", "[3]", "", "3", "null")) {
            var other = new ArrayList<>(whole);
            other.set(2, bad);
            assertThat(History.parse(other).damage()).as(bad).anyMatch(what -> what.startsWith("line 3 "));
        }
    }

    @Test
    void aSecondBeginningIsNoticed() throws IOException {
        HistoryFile file = HistoryFile.create(folder, 0, _ -> {});
        file.add(BEGIN);
        file.add(BEGIN);
        file.close();
        assertThat(History.read(folder).damage()).containsExactly("line 2 is another beginning");
    }

    @Test
    void aBeginningThatDoesNotComeFirstIsNoticed() throws IOException {
        HistoryFile file = HistoryFile.create(folder, 0, _ -> {});
        file.add(ALL.getFirst());
        file.add(BEGIN);
        file.close();
        assertThat(History.read(folder).damage()).containsExactly("line 1 is not the beginning");
    }

    @Test
    void withoutItsBeginningNothingCanBeJudged() throws IOException {
        write(true);
        edit(lines -> lines.removeFirst());
        assertThatThrownBy(() -> History.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("first line");
    }

    private void write(boolean seal) throws IOException {
        HistoryFile file = HistoryFile.create(folder, System.nanoTime(), _ -> {});
        file.add(BEGIN);
        ALL.forEach(file::add);
        if (seal) {
            file.close();
        } else {
            file.breakOff();
        }
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Arrays.asList(Files.readString(folder.resolve(HistoryFile.NAME), StandardCharsets.UTF_8)
                .split("\n")));
    }

    private void edit(java.util.function.Consumer<List<String>> how) throws IOException {
        List<String> lines = lines();
        how.accept(lines);
        Files.write(folder.resolve(HistoryFile.NAME), lines, StandardCharsets.UTF_8);
    }
}
