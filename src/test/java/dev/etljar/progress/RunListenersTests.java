package dev.etljar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunListenersTests {

    @Test
    void oneThatThrowsStopsNeitherTheRunNorTheOthers() {
        List<Phase> heard = new ArrayList<>();
        RunListener broken = new RunListener() {
            @Override
            public void phaseStarted(Phase phase) {
                throw new IllegalStateException("broken");
            }
        };
        RunListener whole = new RunListener() {
            @Override
            public void phaseStarted(Phase phase) {
                heard.add(phase);
            }
        };
        RunListeners all = new RunListeners(List.of(broken, whole));
        all.phaseStarted(Phase.EXTRACT);
        all.phaseStarted(Phase.PROCESS);
        assertThat(heard).containsExactly(Phase.EXTRACT, Phase.PROCESS);
    }
}
