package dev.etljar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RuleResult;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTests {

    @Test
    void aCompletedRun() {
        assertThat(ReportText.of(Summaries.completed(), Summaries.NOW)).isEqualTo("""
                        COMPLETED: import, execution 42, after 1 min 12 s

                        Job         import
                        Execution   42 of instance 7
                        Parameters  date=2026-11-23, region=eu
                        Status      COMPLETED
                        Start       2026-11-23T03:00:00Z
                        End         2026-11-23T03:01:12Z
                        Duration    1 min 12 s
                        Counts      10,001 records, 9,998 rows loaded, 3 rejects

                        STEPS
                        Step      Status     Start                 End                    Duration
                        DOWNLOAD  COMPLETED  2026-11-23T03:00:00Z  2026-11-23T03:00:01Z      1.2 s
                        EXTRACT   COMPLETED  2026-11-23T03:00:02Z  2026-11-23T03:00:02Z      0.3 s
                        PROCESS   COMPLETED  2026-11-23T03:00:03Z  2026-11-23T03:01:05Z  1 min 2 s
                        VALIDATE  COMPLETED  2026-11-23T03:01:05Z  2026-11-23T03:01:10Z        5 s
                        FINALIZE  COMPLETED  2026-11-23T03:01:10Z  2026-11-23T03:01:11Z        1 s

                        LOADS
                        Load         Table               Records  Loaded  Rejected  Filtered
                        birdstrikes  bird_strikes         10,000   9,997         3        12
                        airports     reference.airports        1       1         0         0

                        REJECTS
                        Count  Reason
                            2  airport is required
                            1  speed_knots: 'fast' is no integer

                        RULES
                        WARN        2  sql select count(*) from ${table:bird_strikes} where cost_total < 0
                                       expected 0, found 2
                                       - airport=DENVER INTL, cost_total=-12.00
                        PASSED  9,997  row-count bird_strikes
                                       at least 1 row: 9,997

                        PUBLICATION
                        Published   2026-11-23T03:01:11Z
                        Table               Mode      Rows
                        bird_strikes        append   9,997
                        reference.airports  replace      1

                        FILES
                        Rejects     data/work/import/7/rejects.csv
                        Report      data/work/import/7/report.txt
                        As JSON     data/work/import/7/report.json
                        Workspace   data/work/import/7
                        """);
    }

    @Test
    void aRefusedRunSaysWhichRuleAndShowsRows() {
        assertThat(ReportText.of(Summaries.refused(), Summaries.NOW)).isEqualTo("""
                        REFUSED in VALIDATE: import, execution 43, after 1 min 12 s
                          VALIDATE refused the data, nothing was published: not-null bird_strikes (airport, flight_date):
                          expected no NULL in airport, flight_date; 5 rows have one
                          Nothing was published. A person must look at the data.

                        Job         import
                        Execution   43 of instance 8
                        Parameters  none
                        Status      FAILED
                        Start       2026-11-23T03:00:00Z
                        End         2026-11-23T03:01:12Z
                        Duration    1 min 12 s
                        Counts      10,001 records, 9,998 rows loaded, 3 rejects

                        STEPS
                        Step      Status     Start                 End                    Duration
                        DOWNLOAD  COMPLETED  2026-11-23T03:00:00Z  2026-11-23T03:00:01Z      1.2 s
                        EXTRACT   COMPLETED  2026-11-23T03:00:02Z  2026-11-23T03:00:02Z      0.3 s
                        PROCESS   COMPLETED  2026-11-23T03:00:03Z  2026-11-23T03:01:05Z  1 min 2 s
                        VALIDATE  REFUSED    2026-11-23T03:01:05Z  2026-11-23T03:01:10Z        5 s
                        FINALIZE  PENDING    -                     -                             -

                        LOADS
                        Load         Table               Records  Loaded  Rejected  Filtered
                        birdstrikes  bird_strikes         10,000   9,997         3        12
                        airports     reference.airports        1       1         0         0

                        RULES
                        FAILED      5  not-null bird_strikes (airport, flight_date)
                                       expected no NULL in airport, flight_date; 5 rows have one
                                       - airport=NULL, flight_date=2026-01-01
                                       - airport=BOSTON, flight_date=NULL
                        PASSED  9,997  row-count bird_strikes
                                       at least 1 row: 9,997

                        FILES
                        Rejects     data/work/import/7/rejects.csv
                        Report      data/work/import/7/report.txt
                        As JSON     data/work/import/7/report.json
                        Workspace   data/work/import/7
                        """);
    }

    @Test
    void aFailedRunSaysHowFarItIsAndWhatToDo() {
        assertThat(ReportText.of(Summaries.failed(), Summaries.NOW)).isEqualTo("""
                        FAILED in PROCESS: import, execution 43, after 1 min 12 s
                          PROCESS: the database's disk is full after 1,204,000 of 2,800,000 bytes
                          Nothing was published; progress is kept. Run the same command again.

                        Job         import
                        Execution   43 of instance 8
                        Parameters  none
                        Status      FAILED
                        Start       2026-11-23T03:00:00Z
                        End         2026-11-23T03:01:12Z
                        Duration    1 min 12 s
                        Position    43 % (1.2 of 2.8 MB)
                        Counts      4,300 rows loaded, 0 rejects

                        STEPS
                        Step      Status     Start                 End                    Duration
                        DOWNLOAD  COMPLETED  2026-11-23T03:00:00Z  2026-11-23T03:00:01Z      1.2 s
                        EXTRACT   COMPLETED  2026-11-23T03:00:02Z  2026-11-23T03:00:02Z      0.3 s
                        PROCESS   FAILED     2026-11-23T03:00:03Z  2026-11-23T03:01:12Z  1 min 9 s
                        VALIDATE  PENDING    -                     -                             -
                        FINALIZE  PENDING    -                     -                             -

                        FILES
                        Report      data/work/import/7/report.txt
                        As JSON     data/work/import/7/report.json
                        Workspace   data/work/import/7
                        """);
    }

    @Test
    void aRunOfWhichNothingIsKnown() {
        assertThat(ReportText.of(Summaries.bare("UNKNOWN"), Summaries.NOW)).isEqualTo("""
                        UNKNOWN: import, execution 43, after 1 min 12 s
                          Run the same command again: it finds out and goes on.

                        Job         import
                        Execution   43 of instance 8
                        Parameters  none
                        Status      UNKNOWN
                        Start       2026-11-23T03:00:00Z
                        End         2026-11-23T03:01:12Z
                        Duration    1 min 12 s

                        FILES
                        Report      data/work/import/7/report.txt
                        As JSON     data/work/import/7/report.json
                        Workspace   data/work/import/7
                        """);
    }

    @Test
    void nothingFromTheDataCommandsTheTerminalOrBreaksTheTable() {
        String evil = "\u001b[2J\u009b31m\r\n\u202ecod.exe";
        String report = ReportText.of(Summaries.everywhere(evil), Summaries.NOW);
        assertThat(report.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        assertThat(report.lines())
                .hasSameSizeAs(ReportText.of(Summaries.everywhere("harmless"), Summaries.NOW)
                        .lines()
                        .toList());
    }

    @Test
    void staysWithinOneHundredColumns() {
        String report = ReportText.of(Summaries.everywhere("long words of a value ".repeat(200)), Summaries.NOW);
        assertThat(report.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        String unbroken = ReportText.of(Summaries.everywhere("x".repeat(50)), Summaries.NOW);
        assertThat(unbroken.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void showsFiveExamplesAndNotMore() {
        RuleResult rule = new RuleResult(
                "unique t (id)", 9, false, true, "9 rows", Collections.nCopies(9, Summaries.row("id", "1")));
        RunSummary summary = Summaries.with(
                "FAILED",
                null,
                Summaries.NOW,
                List.of(),
                null,
                null,
                new Verdict(new StagedTables(List.of()), List.of(rule)));
        assertThat(ReportText.of(summary, Summaries.NOW))
                .containsPattern("(?s)(- id=1.*){5}")
                .doesNotContainPattern("(?s)(- id=1.*){6}");
    }

    @Test
    void largeLoadsWithLongNamesKeepTheirNumbers() {
        StagedTables staged = new StagedTables(List.of(new StagedTable(
                "a".repeat(40), "b".repeat(60), "s", List.of(), 4_123_456_789L, 4_123_456_780L, 9, 1_000_000_000L)));
        RunSummary summary = Summaries.with("COMPLETED", null, Summaries.NOW, List.of(), null, staged, null);
        String line = ReportText.of(summary, Summaries.NOW)
                .lines()
                .filter(text -> text.startsWith("aaa"))
                .findFirst()
                .orElseThrow();
        assertThat(line)
                .hasSize(100)
                .contains("a...  b")
                .endsWith("  4,123,456,789  4,123,456,780         9  1,000,000,000");
    }

    @Test
    void theMostFrequentReasonComesFirst() {
        assertThat(ReportText.sorted(Map.of("b", 1L, "a", 1L, "c", 7L)))
                .extracting(Map.Entry::getKey)
                .containsExactly("c", "a", "b");
    }
}
