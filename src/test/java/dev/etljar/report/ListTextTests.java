package dev.etljar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.RunSummary;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ListTextTests {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void newestFirst() {
        List<RunSummary> runs =
                List.of(Summaries.completed(), Summaries.refused(), Summaries.running(), Summaries.bare("ABANDONED"));
        assertThat(ListText.of(runs, Summaries.NOW)).isEqualTo("""
                        ID  Job     Status     Started                 Duration  Loaded  Rejected  Parameters
                        43  import  REFUSED    2026-11-23T03:00:00Z  1 min 12 s   9,998         3
                        43  import  RUNNING    2026-11-23T03:00:00Z  1 min 12 s   4,300         1
                        43  import  ABANDONED  2026-11-23T03:00:00Z  1 min 12 s       -         -
                        42  import  COMPLETED  2026-11-23T03:00:00Z  1 min 12 s   9,998         3  date=2026-11-23, region=eu
                        """);
    }

    @Test
    void noneIsSaidSo() {
        assertThat(ListText.of(List.of())).isEqualTo("No executions.\n");
        assertThat(JSON.readTree(ListText.json(List.of())).isEmpty()).isTrue();
        assertThat(JSON.readTree(ListText.json(List.of())).isArray()).isTrue();
    }

    @Test
    void theSameAsJson() {
        List<RunSummary> runs = List.of(Summaries.completed(), Summaries.bare("FAILED"));
        String expected = """
                [ {
                  "job" : "import",
                  "executionId" : 43,
                  "instanceId" : 8,
                  "parameters" : { },
                  "status" : "FAILED",
                  "outcome" : "FAILED",
                  "message" : null,
                  "start" : "2026-11-23T03:00:00Z",
                  "end" : "2026-11-23T03:01:12Z",
                  "durationMilliseconds" : 72000,
                  "process" : null,
                  "approval" : null,
                  "records" : null,
                  "loaded" : null,
                  "rejected" : null
                }, {
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
                  "rejected" : 3
                } ]
                """;
        assertThat(JSON.readTree(ListText.json(runs, Summaries.NOW))).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void oneLineARunWhateverItsParametersAre() {
        List<RunSummary> runs = List.of(Summaries.everywhere("\n\u001b[2J".repeat(1000)), Summaries.completed());
        String list = ListText.of(runs, Summaries.NOW);
        assertThat(list.lines()).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThan(250));
        assertThat(list).doesNotContain("\u001b");
    }
}
