package org.sempervox.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.soak.SoakReport.Records;
import org.sempervox.cluster.cli.Left;

class SoakReportTest {
    private static final Left NOTHING = new Left(0, 0, 0, 0, 0);
    private static final Records EXACT = new Records(100, 100, 0, 0);

    @Test
    void slopeIsGrowthPerThousandCalls() {
        assertThat(series(0, 20, 500, 21, 1000, 22).slope()).isEqualTo(2.0);
        assertThat(series(0, 20, 1000, 23, 2000, 20).slope()).isEqualTo(0.0);
        assertThat(series(1000, 20, 2000, 19, 3000, 18).slope()).isEqualTo(-1.0);
    }

    @Test
    void noSlopeFromTooLittle() {
        assertThat(series(0, 20, 1000, 21).slope()).isNull();
        assertThat(series(7, 20, 7, 21, 7, 22).slope()).isNull();
    }

    @Test
    void goodOnlyIfNothingIsLostOrLeft() {
        assertThat(report(100, 0, 0, EXACT, NOTHING, 35_000).verdict()).isEqualTo("ok");
        assertThat(report(100, 1, 0, EXACT, NOTHING, 35_000).verdict()).isEqualTo("bad: 1 lost");
        assertThat(report(100, 0, 2, EXACT, NOTHING, 35_000).verdict()).isEqualTo("bad: 2 not set up");
        assertThat(report(100, 0, 0, new Records(100, 99, 0, 1), NOTHING, 35_000)
                        .verdict())
                .isEqualTo("bad: records not exact");
        assertThat(report(100, 0, 0, new Records(100, 100, 0, 1), NOTHING, 35_000)
                        .verdict())
                .isEqualTo("bad: records not exact");
        assertThat(report(100, 0, 0, EXACT, new Left(0, 0, 1, 0, 0), -1).verdict())
                .isEqualTo("bad: not at rest");
        assertThat(report(0, 0, 0, new Records(0, 0, 0, 0), NOTHING, 1).verdict())
                .isEqualTo("bad: no calls");
    }

    @Test
    void eventsMustGoInTime() {
        assertThat(new JournalRows(true, 9, 175, 120).withinRetention()).isTrue();
        assertThat(new JournalRows(true, 9, 190, 120).withinRetention()).isFalse();
        assertThat(JournalRows.UNKNOWN.withinRetention()).isTrue();
    }

    @Test
    void jsonHoldsVerdictAndSlope() {
        JsonNode json = new ObjectMapper().valueToTree(report(100, 0, 0, EXACT, NOTHING, 35_000));
        assertThat(json.path("verdict").asText()).isEqualTo("ok");
        assertThat(json.path("heap").path(0).path("slopeMiBPer1000Calls").asDouble())
                .isEqualTo(2.0);
        assertThat(json.path("left").path("mediaSessions").asInt(-1)).isZero();
    }

    @Test
    void leftIsSummedOverTheNodes() throws Exception {
        var mapper = new ObjectMapper();
        Left left = Left.of(List.of(
                mapper.readTree(
                        "{'entities':{'call':2,'extension':9},'owed':1,'timers':3,'ports':4}".replace('\'', '"')),
                mapper.readTree("{'entities':{'call':1},'owed':['a','b'],'mediaSessions':5}".replace('\'', '"'))));
        assertThat(left).isEqualTo(new Left(3, 3, 3, 5, 4));
        assertThat(left.atRest()).isFalse();
    }

    @Test
    void aRecordCountsOnceAndMustNameWhoEnded() throws Exception {
        var tally = new Tally(_ -> {});
        tally.placed.set(2);
        tally.ended(new Tally.Ending("1000", "caller"));
        tally.ended(new Tally.Ending("1000", "callee"));
        var book = new RecordBook(tally, Instant.EPOCH);
        book.take(record("a", "caller"));
        book.take(record("a", "caller"));
        assertThat(book.result()).isEqualTo(new Records(2, 1, 0, 1));
        book.take(record("b", "caller"));
        assertThat(book.result()).isEqualTo(new Records(2, 2, 0, 1));
    }

    @Test
    void everyLifeOfANodeIsReadAFewTimes() {
        assertThat(SoakRun.sampleEvery(plan(20, 120))).isEqualTo(Duration.ofSeconds(24));
        assertThat(SoakRun.sampleEvery(plan(3, 60))).isEqualTo(Duration.ofSeconds(12));
        assertThat(SoakRun.sampleEvery(plan(600, 0))).isEqualTo(Duration.ofMinutes(5));
    }

    private static SoakRun.Plan plan(int minutes, int killEvery) {
        return new SoakRun.Plan(
                Duration.ofMinutes(minutes), Duration.ofSeconds(killEvery), "office", "h2", 30, 1, Instant.EPOCH);
    }

    private static JsonNode record(String id, String endedBy) throws Exception {
        return new ObjectMapper()
                .readTree(("{'id':'" + id + "','caller':'1000','called':'1001','connected':'1001',"
                                + "'answerAt':'2026-01-02T03:04:05.000Z','q850Cause':16,'endedBy':'" + endedBy + "'}")
                        .replace('\'', '"'));
    }

    private static HeapSeries series(int... callsAndMiB) {
        var points = new ArrayList<HeapSeries.Point>();
        for (int i = 0; i < callsAndMiB.length; i += 2) {
            points.add(new HeapSeries.Point(callsAndMiB[i], callsAndMiB[i + 1], 200));
        }
        return new HeapSeries("n1", 4711, points);
    }

    private static SoakReport report(int calls, int lost, int notSetUp, Records records, Left left, long restMs) {
        return new SoakReport(
                3,
                "office",
                "h2",
                1,
                calls,
                30,
                lost,
                notSetUp,
                0,
                0,
                List.of("n1"),
                0,
                records,
                left,
                restMs,
                0,
                0,
                new JournalRows(true, 100, 130, 120),
                List.of(series(0, 20, 500, 21, 1000, 22)),
                List.of());
    }
}
