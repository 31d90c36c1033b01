package dev.etljar.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SelftestResultTests {

    private static final List<Kill> KILLS = List.of(
            new Kill(1, Act.RUN, Phase.PROCESS, 10),
            new Kill(2, Act.ROLLBACK, Phase.INIT, 10),
            new Kill(3, Act.REPLAY, Phase.FINALIZE, 10),
            new Kill(4, Act.RERUN, Phase.INIT, 10));

    @Test
    void killsOfARunAreToldByPhaseAndThoseOfCommandsByCommand() {
        SelftestResult result = result(Differences.NONE, List.of());

        assertThat(result.passed()).isTrue();
        assertThat(result.kills()).containsEntry("PROCESS", 1L).containsEntry("INIT", 0L);
        assertThat(result.kills())
                .containsEntry("rollback", 1L)
                .containsEntry("replay-rejects", 1L)
                .containsEntry("rerun", 1L);
        assertThat(result.text())
                .contains("\nrollback            1\n", "\nin all              4, on H2, seed 5\n", "\nPASSED\n")
                .contains("rounds: time-box: 2\n", "by exit code: 0: 4, 4: 3\n");
        JsonNode json = JsonMapper.builder().build().readTree(result.json());
        assertThat(json.at("/kills/replay-rejects").asInt()).isEqualTo(1);
        assertThat(json.at("/rounds/time-box").asInt()).isEqualTo(2);
        assertThat(json.at("/exitCodes/4").asInt()).isEqualTo(3);
    }

    @Test
    void nothingMayBeLostOrLeftAndNobodyNeeded() {
        assertThat(result(new Differences(0, 0, 0, 0, 0, 0, 1), List.of()).text())
                .contains("staging tables: 1 left", "FAILED");
        assertThat(result(Differences.NONE, List.of("'rollback 3' ends with 2")).passed())
                .isFalse();
    }

    private static SelftestResult result(Differences differences, List<String> stuck) {
        return new SelftestResult(5, "H2", Map.of(Shape.TIME_BOX, 2), KILLS, Map.of(0, 4L, 4, 3L), differences, stuck);
    }
}
