package dev.etljar.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.selftest.Expected.Published;
import dev.etljar.selftest.Sample.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedTests {

    private final Expected expected = new Expected();

    @Test
    void whatIsTakenBackLeavesTheRowsOfBefore() {
        expected.beginRound(Mode.UPSERT);
        expected.loaded(sample(row(1, "old"), row(2, "old")));
        expected.beginRound(Mode.UPSERT);
        expected.loaded(sample(row(2, "new"), row(3, "new")));
        assertThat(expected.rows()).containsValues(row(1, "old"), row(2, "new"), row(3, "new"));

        expected.takenBack();

        assertThat(expected.rows()).containsOnly(Map.entry(1L, row(1, "old")), Map.entry(2L, row(2, "old")));
        assertThat(expected.published()).containsExactly(new Published(2, true));
    }

    @Test
    void replacedRowsGoAndReplayedOnesComeToThoseThatAreThere() {
        expected.beginRound(Mode.REPLACE);
        expected.loaded(sample(row(1, "old")));
        expected.beginRound(Mode.REPLACE);
        expected.loaded(sample(row(2, "new")));
        expected.replayed(List.of(row(7, "corrected")), List.of(5L));

        assertThat(expected.rows().keySet()).isEqualTo(Set.of(2L, 7L));
        assertThat(expected.published()).containsExactly(new Published(1, false), new Published(1, false));
        assertThat(expected.rejectedLines()).containsExactly(9L, 5L);
    }

    private static Sample sample(Row... rows) {
        return new Sample(List.of(rows), Map.of(9L, row(9, "bad")), "");
    }

    private static Row row(long id, String text) {
        return new Row(id, text, "1.0");
    }
}
