package dev.etljar.rerun;

import dev.etljar.definition.DefinitionException;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.SetBackNote;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.lease.Lease;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.operate.Rollback;
import dev.etljar.operate.RollbackRefusal;
import dev.etljar.repository.Abandonment;
import dev.etljar.repository.PastRuns;
import dev.etljar.repository.RunViews;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Problem;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import dev.etljar.run.TakenOverException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.dao.DataAccessException;

/**
 * Runs an execution again from one of its steps.
 *
 * <ol>
 *   <li>The plan is made, and refused where it cannot be carried out. It begins with the step that was asked for, or with an
 *       earlier one where what the step needs is not kept any more: EXTRACT and PROCESS make the same of the same input. The
 *       input is fetched anew only where DOWNLOAD was asked for.
 *   <li>All of that under the job's lease; the plan is told, and nothing has been changed so far.
 *   <li>Replays of its rejects that were refused are given up: after a restart, one would load what the run has loaded by then.
 *   <li>Input that was archived is put back where it was read. A kill after that leaves input that is there once more, and is
 *       what was published last.
 *   <li>Unless only FINALIZE runs again, the publication is taken back, in one transaction in the target. A kill after that
 *       leaves a run that was taken back, as 'rollback' does. The other way round, a start in between would find the old publication
 *       and publish nothing.
 *   <li>The run is set back, in one transaction in the job repository, with a note of it in its context. Not before that is
 *       anything of it removed, so that a run goes on as it was wherever a kill comes before.
 *   <li>The job runs as by the scheduler's command. Whichever start is the first one removes, by the note, what the steps had
 *       made: files, staging tables, checkpoints in another target, rejects. A kill has it removed once more.
 *   <li>FINALIZE publishes once, as ever; of a run with the note, what was taken back does not count as published.
 *   <li>The same command again finds the note, and only goes on.
 * </ol>
 */
public final class Rerun {

    private final Planner planner;
    private final PastRuns pastRuns;
    private final Rollback rollback;
    private final Abandonment abandonment;
    private final Leases leases;
    private final Launcher launcher;

    private Rerun(
            Planner planner,
            PastRuns pastRuns,
            Rollback rollback,
            Abandonment abandonment,
            Leases leases,
            Launcher launcher) {
        this.planner = planner;
        this.pastRuns = pastRuns;
        this.rollback = rollback;
        this.abandonment = abandonment;
        this.leases = leases;
        this.launcher = launcher;
    }

    /** With the application's beans. */
    public static Rerun with(BeanFactory beans, Path home) {
        PastRuns pastRuns = beans.getBean(PastRuns.class);
        Rollback rollback = Rollback.with(beans, home);
        return new Rerun(
                new Planner(beans.getBean(RunViews.class), pastRuns, rollback),
                pastRuns,
                rollback,
                beans.getBean(Abandonment.class),
                beans.getBean(Leases.class),
                beans.getBean(Launcher.class));
    }

    /**
     * What would be done; changes nothing.
     *
     * @throws RerunRefusal where it cannot be
     */
    public RerunPlan plan(RerunRequest request) {
        return refusing(() -> {
            RerunPlan plan = planner.plan(request);
            requireFree(plan.job());
            return plan;
        });
    }

    /** Sets the run back and runs the job, under one lease. The plan is told once it is settled. */
    public RunOutcome run(RerunRequest request, Consumer<RerunPlan> told, RunListener listener, StopSignal stop) {
        try {
            RerunPlan before = plan(request);
            RunRequest run = new RunRequest(before.job(), before.parameters(), false, false, request.limits());
            return launcher.run(run, lease -> setBack(request, told, lease), listener, stop);
        } catch (RerunRefusal e) {
            return e.outcome();
        }
    }

    private Optional<RunOutcome> setBack(RerunRequest request, Consumer<RerunPlan> told, Lease lease) {
        try {
            refusing(() -> {
                RerunPlan plan = planner.plan(request);
                told.accept(plan);
                if (!plan.goesOn()) {
                    carryOut(plan, lease);
                }
                return plan;
            });
            return Optional.empty();
        } catch (RerunRefusal e) {
            return Optional.of(e.outcome());
        }
    }

    private void carryOut(RerunPlan plan, Lease lease) throws IOException {
        for (long replay : plan.givenUp()) {
            abandonment.abandon(replay, lease);
        }
        if (!plan.putBack().isEmpty()) {
            pastRuns.find(plan.instance()).orElseThrow().putBackArchived();
        }
        if (plan.undoesPublication()) {
            rollback.takeBackAlone(plan.executionId(), lease);
        }
        // Read anew: the publication was noted in it.
        pastRuns.find(plan.instance())
                .orElseThrow()
                .setBack(new SetBackNote(plan.executionId(), plan.asked(), plan.from(), true), lease);
    }

    private void requireFree(String job) {
        Optional<Owner> holder = leases.holder(job);
        if (holder.isPresent()) {
            throw running(job, holder);
        }
    }

    private static RerunRefusal running(String job, Optional<Owner> owner) {
        return new RerunRefusal(new RunOutcome.Running("Job '" + job + "' is running: "
                + owner.map(Owner::describe).orElse("by a process that is not known")
                + ". Nothing was set back."));
    }

    private interface Part {
        RerunPlan make() throws IOException;
    }

    /** What keeps it from being done, as a refusal. */
    private static RerunPlan refusing(Part part) {
        try {
            return part.make();
        } catch (RollbackRefusal e) {
            throw e.exitCode() == ExitCode.RUNNING
                    ? new RerunRefusal(new RunOutcome.Running(String.valueOf(e.getMessage())))
                    : RerunRefusal.wrong(String.valueOf(e.getMessage()));
        } catch (DefinitionException e) {
            throw new RerunRefusal(
                    new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList()));
        } catch (IllegalArgumentException e) {
            throw RerunRefusal.wrong(String.valueOf(e.getMessage()));
        } catch (DataAccessException | RunFailedException | TakenOverException | IOException e) {
            throw new RerunRefusal(new RunOutcome.Failed(
                    null, FailureMessage.of(e) + ". Give the same command again: it finds out how far it was", false));
        }
    }
}
