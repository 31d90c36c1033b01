package dev.etljar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunListenersTests {

    @Test
    void everyoneHearsEverythingInOrder() {
        List<String> heard = new ArrayList<>();
        tellAll(new RunListeners(List.of(new Recorder("a", heard), new Recorder("b", heard))));
        assertThat(heard)
                .containsExactly(
                        "a started",
                        "b started",
                        "a PROCESS",
                        "b PROCESS",
                        "a 5",
                        "b 5",
                        "a note",
                        "b note",
                        "a COMPLETED",
                        "b COMPLETED",
                        "a ended",
                        "b ended");
    }

    @Test
    void oneThatThrowsStopsNeitherTheRunNorTheOthersAndIsLoggedOnce() {
        List<String> heard = new ArrayList<>();
        List<String> heardByBroken = new ArrayList<>();
        RunListener broken = new Recorder("broken", heardByBroken) {
            @Override
            void hear(String what) {
                super.hear(what);
                throw new IllegalStateException("broken");
            }
        };
        try (CapturedLog log = new CapturedLog(RunListeners.class)) {
            tellAll(new RunListeners(List.of(broken, new Recorder("b", heard))));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN ")
                    .contains("RunListenersTests");
        }
        assertThat(heard).containsExactly("b started", "b PROCESS", "b 5", "b note", "b COMPLETED", "b ended");
        assertThat(heardByBroken).hasSize(6);
    }

    private static void tellAll(RunListener listener) {
        RunStart start = Runs.first(Path.of("work"));
        listener.runStarted(start);
        listener.phaseStarted(Phase.PROCESS);
        listener.progressed(Progress.bytes(Phase.PROCESS, 5, 10));
        listener.noted(Phase.PROCESS, "note");
        listener.phaseEnded(Phase.PROCESS, PhaseStatus.COMPLETED);
        listener.runEnded(Runs.ended(start, "COMPLETED", null));
    }

    private static class Recorder implements RunListener {

        private final String name;
        private final List<String> heard;

        Recorder(String name, List<String> heard) {
            this.name = name;
            this.heard = heard;
        }

        void hear(String what) {
            heard.add(name + " " + what);
        }

        @Override
        public void runStarted(RunStart start) {
            hear("started");
        }

        @Override
        public void phaseStarted(Phase phase) {
            hear(phase.name());
        }

        @Override
        public void progressed(Progress progress) {
            hear(Long.toString(progress.position()));
        }

        @Override
        public void noted(Phase phase, String message) {
            hear(message);
        }

        @Override
        public void phaseEnded(Phase phase, PhaseStatus status) {
            hear(status.name());
        }

        @Override
        public void runEnded(RunSummary summary) {
            hear("ended");
        }
    }
}
