package dev.etljar.launch;

import dev.etljar.job.RetryDefinition;
import dev.etljar.run.Pauses;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseStatus;
import dev.etljar.run.Progress;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.RunStart;
import dev.etljar.run.RunSummary;
import dev.etljar.run.StopSignal;
import dev.etljar.run.StoppedException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in this process what the next start would do: after a failure that may pass by itself, the run goes on at its last
 * checkpoint. Attempts that got further than the one before do not count.
 */
record Retry(RetryDefinition definition, StopSignal stop, RandomGenerator random) {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    interface Try {
        RunOutcome make(RunListener listener, StopSignal stop);
    }

    RunOutcome run(Try attempt, RunListener listener) {
        Pauses pauses = new Pauses(definition.pause(), definition.maxPause(), random);
        int number = 1;
        while (true) {
            Watch watch = new Watch(listener);
            StopSignal attemptStop = new StopSignal();
            stop.onRequest(attemptStop::request);
            RunOutcome outcome = attempt.make(watch, attemptStop);
            number = watch.gotFurther ? 1 : number;
            if (!(outcome instanceof RunOutcome.Failed failed)
                    || !failed.mayPass()
                    || number >= definition.attempts()) {
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

    /** Passes everything on, and notes whether a checkpoint was made or a phase completed. */
    private static final class Watch implements RunListener {

        private final RunListener listener;
        private long first = -1;
        private boolean gotFurther;

        Watch(RunListener listener) {
            this.listener = listener;
        }

        @Override
        public void runStarted(RunStart start) {
            listener.runStarted(start);
        }

        @Override
        public void phaseStarted(Phase phase) {
            first = -1;
            listener.phaseStarted(phase);
        }

        @Override
        public void progressed(Progress progress) {
            first = first < 0 ? progress.position() : first;
            gotFurther |= progress.position() > first;
            listener.progressed(progress);
        }

        @Override
        public void noted(Phase phase, String message) {
            listener.noted(phase, message);
        }

        @Override
        public void phaseEnded(Phase phase, PhaseStatus status) {
            gotFurther |= status == PhaseStatus.COMPLETED;
            listener.phaseEnded(phase, status);
        }

        @Override
        public void runEnded(RunSummary summary) {
            listener.runEnded(summary);
        }
    }
}
