package dev.etljar.launch;

import dev.etljar.job.RetryDefinition;
import dev.etljar.run.Pauses;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunStart;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import dev.etljar.run.TimeBox;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in this process what the next start would do: after a failure that may pass by itself, the run goes on at its last
 * checkpoint. An attempt that starts further on than all before it is counted as the first: what it finds was committed,
 * which cannot be said of what an attempt that failed told of itself.
 */
record Retry(RetryDefinition definition, StopSignal stop, TimeBox timeBox, RandomGenerator random) {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    interface Try {
        RunOutcome make(RunListener listener, StopSignal stop);
    }

    RunOutcome run(Try attempt, RunListener listener) {
        Pauses pauses = new Pauses(definition.pause(), definition.maxPause(), random);
        int number = 1;
        Watch watch = new Watch(listener);
        while (true) {
            StopSignal attemptStop = new StopSignal();
            stop.onRequest(attemptStop::request);
            RunOutcome outcome = attempt.make(watch, attemptStop);
            number = watch.startedFurther() ? 1 : number;
            if (!(outcome instanceof RunOutcome.Failed failed)
                    || !failed.mayPass()
                    || number >= definition.attempts()
                    || timeBox.isTimeUp()) {
                return outcome;
            }
            Duration pause = pauses.after(number);
            LOG.warn(
                    "{}; attempt {} of {} in {} ms",
                    failed.message(),
                    number + 1,
                    definition.attempts(),
                    pause.toMillis());
            try {
                stop.pause(pause);
            } catch (StoppedException e) {
                return new RunOutcome.Stopped(
                        failed.summary(), "Stopped between two attempts; the progress is kept, run again to go on.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failed;
            }
            number++;
        }
    }

    /** Passes everything on, and notes where attempts start: after how many phases, and at which byte of PROCESS. */
    private static final class Watch extends ForwardingListener {

        private long bestPhases;
        private long bestPosition;
        private long phases;
        private long position;
        private boolean positionToCome;

        Watch(RunListener listener) {
            super(listener);
        }

        synchronized boolean startedFurther() {
            boolean further = phases > bestPhases || (phases == bestPhases && position > bestPosition);
            if (further) {
                bestPhases = phases;
                bestPosition = position;
            }
            return further;
        }

        @Override
        public synchronized void runStarted(RunStart start) {
            phases = start.phases().stream()
                    .filter(phase -> phase.status() == PhaseStatus.COMPLETED)
                    .count();
            position = 0;
            positionToCome = start.restarted();
            super.runStarted(start);
        }

        @Override
        public void progressed(Progress progress) {
            note(progress);
            super.progressed(progress);
        }

        /** What PROCESS tells first when it goes on is its checkpoint. */
        private synchronized void note(Progress progress) {
            if (positionToCome && progress.phase() == Phase.PROCESS) {
                positionToCome = false;
                position = progress.position();
            }
        }
    }
}
