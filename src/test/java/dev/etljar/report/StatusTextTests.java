package dev.etljar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunProcess;
import dev.etljar.run.RunSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusTextTests {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aCompletedRun() {
        assertThat(StatusText.of(Summaries.completed(), Summaries.NOW)).isEqualTo("""
                        COMPLETED: import, execution 42, after 1 min 12 s

                        Step      Status      Duration
                        DOWNLOAD  COMPLETED      1.2 s
                        EXTRACT   COMPLETED      0.3 s
                        PROCESS   COMPLETED  1 min 2 s
                        VALIDATE  COMPLETED        5 s
                        FINALIZE  COMPLETED        1 s

                        Counts      10,001 records, 9,998 rows loaded, 3 rejects
                        Published   bird_strikes (append, 9,997 rows), reference.airports (replace, 1 row)
                        Rejects     data/work/import/7/rejects.csv
                        Report      data/work/import/7/report.txt
                        """);
    }

    @Test
    void aRefusedRun() {
        assertThat(StatusText.of(Summaries.refused(), Summaries.NOW)).isEqualTo("""
                        REFUSED in VALIDATE: import, execution 43, after 1 min 12 s
                          VALIDATE refused the data, nothing was published: not-null bird_strikes (airport, flight_date):
                          expected no NULL in airport, flight_date; 5 rows have one
                          Nothing was published. A person must look at the data.

                        Step      Status      Duration
                        DOWNLOAD  COMPLETED      1.2 s
                        EXTRACT   COMPLETED      0.3 s
                        PROCESS   COMPLETED  1 min 2 s
                        VALIDATE  REFUSED          5 s
                        FINALIZE  PENDING            -

                        Counts      10,001 records, 9,998 rows loaded, 3 rejects
                        Rejects     data/work/import/7/rejects.csv
                        Report      data/work/import/7/report.txt
                        """);
    }

    @Test
    void aFailedRun() {
        assertThat(StatusText.of(Summaries.failed(), Summaries.NOW)).isEqualTo("""
                        FAILED in PROCESS: import, execution 43, after 1 min 12 s
                          PROCESS: the database's disk is full after 1,204,000 of 2,800,000 bytes
                          Nothing was published; progress is kept. Run the same command again.

                        Step      Status      Duration
                        DOWNLOAD  COMPLETED      1.2 s
                        EXTRACT   COMPLETED      0.3 s
                        PROCESS   FAILED     1 min 9 s
                        VALIDATE  PENDING            -
                        FINALIZE  PENDING            -

                        Position    43 % (1.2 of 2.8 MB)
                        Counts      4,300 rows loaded, 0 rejects
                        Report      data/work/import/7/report.txt
                        """);
    }

    @Test
    void aRunningOne() {
        assertThat(StatusText.of(Summaries.running(), Summaries.NOW)).isEqualTo("""
                        RUNNING in PROCESS: import, execution 43, for 1 min 12 s

                        Step      Status      Duration
                        DOWNLOAD  COMPLETED      1.2 s
                        EXTRACT   COMPLETED      0.3 s
                        PROCESS   RUNNING    1 min 9 s
                        VALIDATE  PENDING            -
                        FINALIZE  PENDING            -

                        Position    43 % (1.2 of 2.8 MB)
                        Counts      4,300 rows loaded, 1 reject
                        Rejects     data/work/import/7/rejects.csv
                        Progress    data/work/import/7/progress.json
                        """);
    }

    @Test
    void aRunThatItsProcessHasLeft() {
        RunSummary left = Summaries.running().by(new RunProcess("pid 4711 on etl1", true));

        assertThat(StatusText.of(left, Summaries.NOW))
                .startsWith("LEFT RUNNING in PROCESS: import, execution 43, begun 1 min 12 s ago\n")
                .contains(
                        "  Its process, pid 4711 on etl1, is gone. Run the same command again: it goes on at the last\n")
                .contains("PROCESS   RUNNING           -");
        JsonNode json = JSON.readTree(StatusText.json(left, Summaries.NOW));
        assertThat(json.at("/outcome").asString()).isEqualTo("LEFT RUNNING");
        assertThat(json.at("/process/gone").asBoolean()).isTrue();
        assertThat(json.at("/durationMilliseconds").isNull()).isTrue();
        assertThat(ListText.of(List.of(left), Summaries.NOW)).contains("LEFT RUNNING");
    }

    @Test
    void aRunThatItsProcessWorksOn() {
        RunSummary running = Summaries.running().by(new RunProcess("pid 4711 on etl1", false));

        assertThat(StatusText.of(running, Summaries.NOW))
                .startsWith("RUNNING in PROCESS: import, execution 43, for 1 min 12 s\n")
                .contains("Process     pid 4711 on etl1\n");
    }

    @Test
    void theSameAsJson() {
        String expected = """
                {
                  "job" : "import",
                  "executionId" : 42,
                  "instanceId" : 7,
                  "parameters" : {
                    "date" : "2026-11-23",
                    "region" : "eu"
                  },
                  "status" : "COMPLETED",
                  "outcome" : "COMPLETED",
                  "message" : null,
                  "start" : "2026-11-23T03:00:00Z",
                  "end" : "2026-11-23T03:01:12Z",
                  "durationMilliseconds" : 72000,
                  "process" : null,
                  "approval" : null,
                  "records" : 10001,
                  "loaded" : 9998,
                  "rejected" : 3,
                  "phases" : {
                    "DOWNLOAD" : {
                      "status" : "COMPLETED",
                      "start" : "2026-11-23T03:00:00Z",
                      "end" : "2026-11-23T03:00:01.200Z",
                      "durationMilliseconds" : 1200
                    },
                    "EXTRACT" : {
                      "status" : "COMPLETED",
                      "start" : "2026-11-23T03:00:02Z",
                      "end" : "2026-11-23T03:00:02.300Z",
                      "durationMilliseconds" : 300
                    },
                    "PROCESS" : {
                      "status" : "COMPLETED",
                      "start" : "2026-11-23T03:00:03Z",
                      "end" : "2026-11-23T03:01:05Z",
                      "durationMilliseconds" : 62000
                    },
                    "VALIDATE" : {
                      "status" : "COMPLETED",
                      "start" : "2026-11-23T03:01:05Z",
                      "end" : "2026-11-23T03:01:10Z",
                      "durationMilliseconds" : 5000
                    },
                    "FINALIZE" : {
                      "status" : "COMPLETED",
                      "start" : "2026-11-23T03:01:10Z",
                      "end" : "2026-11-23T03:01:11Z",
                      "durationMilliseconds" : 1000
                    }
                  },
                  "progress" : {
                    "phase" : "PROCESS",
                    "positionBytes" : 2800000,
                    "totalBytes" : 2800000,
                    "percent" : 100,
                    "loaded" : 9998,
                    "rejected" : 3
                  },
                  "loads" : [ {
                    "load" : "birdstrikes",
                    "table" : "bird_strikes",
                    "records" : 10000,
                    "loaded" : 9997,
                    "rejected" : 3,
                    "filtered" : 12
                  }, {
                    "load" : "airports",
                    "table" : "reference.airports",
                    "records" : 1,
                    "loaded" : 1,
                    "rejected" : 0,
                    "filtered" : 0
                  } ],
                  "rejects" : [ {
                    "reason" : "airport is required",
                    "count" : 2
                  }, {
                    "reason" : "speed_knots: 'fast' is no integer",
                    "count" : 1
                  } ],
                  "rules" : [ {
                    "rule" : "row-count bird_strikes",
                    "result" : "PASSED",
                    "violations" : 9997,
                    "message" : "at least 1 row: 9,997",
                    "examples" : [ ]
                  }, {
                    "rule" : "sql select count(*) from ${table:bird_strikes} where cost_total < 0",
                    "result" : "WARN",
                    "violations" : 2,
                    "message" : "expected 0, found 2",
                    "examples" : [ {
                      "airport" : "DENVER INTL",
                      "cost_total" : "-12.00"
                    } ]
                  } ],
                  "publication" : {
                    "publishedAt" : "2026-11-23T03:01:11Z",
                    "takenBackAt" : null,
                    "tables" : [ {
                      "load" : "birdstrikes",
                      "table" : "bird_strikes",
                      "mode" : "append",
                      "rows" : 9997
                    }, {
                      "load" : "airports",
                      "table" : "reference.airports",
                      "mode" : "replace",
                      "rows" : 1
                    } ],
                    "warnings" : [ ]
                  },
                  "files" : {
                    "workspace" : "data/work/import/7",
                    "progress" : "data/work/import/7/progress.json",
                    "report" : "data/work/import/7/report.txt",
                    "reportJson" : "data/work/import/7/report.json",
                    "rejects" : "data/work/import/7/rejects.csv"
                  }
                }
                """;
        assertThat(JSON.readTree(StatusText.json(Summaries.completed(), Summaries.NOW)))
                .isEqualTo(JSON.readTree(expected));
    }

    @Test
    void everyRunHasTheSameKeys() {
        List<String> keys = keys(StatusText.json(Summaries.completed(), Summaries.NOW));
        assertThat(keys(StatusText.json(Summaries.bare("FAILED"), Summaries.NOW)))
                .isEqualTo(keys);
        assertThat(keys(StatusText.json(Summaries.running(), Summaries.NOW))).isEqualTo(keys);
    }

    @Test
    void jsonKeepsEveryCharacterAndShowsNoneThatATerminalObeys() {
        String evil = "\u001b[2J\u009b31m\u007f\r\n\u202e\u2028\ud83d \udb40\udc01 \ud83d\ude00 caf\u00e9";
        String json = StatusText.json(Summaries.everywhere(evil), Summaries.NOW);
        assertThat(json.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
        assertThat(json).contains("\ud83d\ude00 caf\u00e9");
        JsonNode read = JSON.readTree(json);
        assertThat(read.path("message").asString()).isEqualTo(evil);
        assertThat(read.path("rules")
                        .path(0)
                        .path("examples")
                        .path(0)
                        .path(evil)
                        .asString())
                .isEqualTo(evil);
    }

    @Test
    void theTerminalIsSafeFromMessagesToo() {
        String status = StatusText.of(Summaries.everywhere("\u001b[2J\u009b31m\r\n"), Summaries.NOW);
        assertThat(status.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void whereTheRunIsOverTheClockNoLongerCounts() {
        RunSummary summary = Summaries.completed();
        assertThat(StatusText.of(summary)).isEqualTo(StatusText.of(summary, Summaries.NOW));
        assertThat(StatusText.json(summary)).isEqualTo(StatusText.json(summary, Summaries.NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, RUNNING, ''",
        "STARTED, RUNNING, ''",
        "STOPPING, STOPPING, ''",
        "STOPPED, STOPPED, Nothing was published; progress is kept. Run the same command again.",
        "FAILED, FAILED, Nothing was published; progress is kept. Run the same command again.",
        "UNKNOWN, UNKNOWN, Run the same command again: it finds out and goes on.",
        "COMPLETED, COMPLETED, ''",
        "ABANDONED, ABANDONED, ''",
    })
    void everyStatusHasAWordAndSaysWhatToDo(String status, String word, String next) {
        assertThat(Outcome.of(Summaries.bare(status))).isEqualTo(new Outcome(word, next));
    }

    private static List<String> keys(String json) {
        return new ArrayList<>(JSON.readTree(json).propertyNames());
    }
}
