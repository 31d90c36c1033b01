package dev.etljar.operate;

import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.definition.DefinitionException;
import dev.etljar.finalize.TakeBack;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.FailureMessage;
import dev.etljar.lease.Lease;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.repository.JobTargets;
import dev.etljar.repository.RunViews;
import dev.etljar.repository.TakenBackRuns;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Publication;
import dev.etljar.run.Publications;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import dev.etljar.run.RunSummary;
import dev.etljar.run.TakenOverException;
import dev.etljar.text.HumanFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Takes a publication back:
 *
 * <ol>
 *   <li>The plan is made, and refused where it is not what the operator asked for.
 *   <li>The leases of its jobs are taken, and the plan is made again: nobody publishes now.
 *   <li>A run that is not complete is given up, as is such a replay of its rejects. A kill after that leaves what is published as it is.
 *   <li>One transaction in the target takes all loads back and marks their publication rows; the lease's fence comes last.
 *   <li>The job repository is told, in that transaction where it is the same database. A kill in between leaves a report
 *       that says nothing of it, until the same command is given again.
 * </ol>
 */
public final class Rollback {

    private static final TableName PUBLICATIONS = new TableName(null, "etl_publication");

    private final RunViews views;
    private final DefinitionReader definitions;
    private final JobTargets targets;
    private final Leases leases;
    private final TakenBackRuns runs;

    private Rollback(
            RunViews views, DefinitionReader definitions, JobTargets targets, Leases leases, TakenBackRuns runs) {
        this.views = views;
        this.definitions = definitions;
        this.targets = targets;
        this.leases = leases;
        this.runs = runs;
    }

    /** With the application's beans. */
    public static Rollback with(BeanFactory beans, Path home) {
        return new Rollback(
                beans.getBean(RunViews.class),
                new DefinitionReader(home),
                beans.getBean(JobTargets.class),
                beans.getBean(Leases.class),
                beans.getBean(TakenBackRuns.class));
    }

    /** Takes back what is asked for, or says why not. */
    public RollbackOutcome run(RollbackRequest request) {
        try {
            return new Asked(request).run();
        } catch (RollbackRefusal e) {
            return e.outcome();
        } catch (DefinitionException e) {
            return RollbackOutcome.of(ExitCode.WRONG, String.join(System.lineSeparator(), e.errors()));
        } catch (IllegalArgumentException e) {
            return RollbackOutcome.of(ExitCode.WRONG, String.valueOf(e.getMessage()));
        } catch (DataIntegrityViolationException e) {
            return RollbackOutcome.of(
                    ExitCode.FAILED,
                    "Nothing was taken back: a row that was written meanwhile is in the way. " + FailureMessage.of(e));
        } catch (DataAccessException | RunFailedException | TakenOverException | IOException e) {
            return RollbackOutcome.of(
                    ExitCode.FAILED,
                    "Whether it was taken back is not known, or it was not. " + FailureMessage.of(e)
                            + ". Give the same command again");
        }
    }

    /**
     * The loads that have to be taken back before the run of this execution can be set back, newest first.
     *
     * @throws RollbackRefusal where they cannot be, or not alone
     */
    public List<PublishedLoad> ofRunAlone(long executionId) {
        Asked asked = new Asked(new RollbackRequest(executionId, false, true));
        return asked.hasPublished() ? asked.plan().loads() : List.of();
    }

    /**
     * Takes them back, for who sets the run back after it: other than by {@link #run} it is not given up. What a kill has cut
     * short is finished.
     *
     * @param lease the job's, held by this process
     */
    public void takeBackAlone(long executionId, Lease lease) {
        Asked asked = new Asked(new RollbackRequest(executionId, false, false));
        if (asked.hasPublished()) {
            asked.takeBack(asked.plan().loads(), Map.of(asked.run, lease));
            asked.finish(lease);
        }
    }

    /** One request, with what is known of the run. */
    private final class Asked {

        private final RollbackRequest request;
        private final RunSummary summary;
        private final Target target;
        private final Publications publications;
        private final RunId run;

        Asked(RollbackRequest request) {
            this.request = request;
            this.summary = views.execution(request.executionId())
                    .orElseThrow(() -> RollbackRefusal.wrong(
                            "There is no execution " + request.executionId() + ". 'list' shows those that there are"));
            this.target = targets.of(definitions.read(summary.job()));
            this.publications = new Publications(target.dataSource());
            this.run = targets.id(summary.instanceId());
        }

        boolean hasPublished() {
            return new Tables(target.database(), target.dataSource()).exists(PUBLICATIONS)
                    && !publications.loads(run).isEmpty();
        }

        RollbackOutcome run() throws IOException {
            if (!hasPublished()) {
                throw RollbackRefusal.wrong(
                        name(request.executionId(), summary.job()) + " has published nothing that could be taken back");
            }
            RollbackPlan plan = plan();
            if (request.dryRun()) {
                return new RollbackOutcome(
                        ExitCode.COMPLETED,
                        plan.loads().isEmpty() ? already() : told("Would be taken back", plan),
                        plan.loads(),
                        List.of());
            }
            List<String> jobs = plan.loads().isEmpty() ? List.of(summary.job()) : plan.jobs();
            for (String job : jobs) {
                leases.liveOwner(job).ifPresent(owner -> {
                    throw running(job, Optional.of(owner));
                });
            }
            targets.beginToWrite(target);
            Map<String, Lease> taken = new TreeMap<>();
            try {
                for (String job : jobs) {
                    taken.put(job, leases.take(job, () -> {}).orElseThrow(() -> running(job, leases.owner(job))));
                }
                return underLeases(plan, taken);
            } finally {
                taken.values().forEach(Lease::close);
            }
        }

        private RollbackOutcome underLeases(RollbackPlan plan, Map<String, Lease> taken) {
            if (!plan().equals(plan)) {
                throw new RunFailedException("Something was published or taken back meanwhile");
            }
            if (plan.loads().isEmpty()) {
                taken.values().forEach(lease -> note(run, lease));
                return RollbackOutcome.of(ExitCode.COMPLETED, already());
            }
            Map<RunId, Lease> leaseOf = new LinkedHashMap<>();
            plan.loads().forEach(load -> leaseOf.put(load.run(), taken.get(load.job())));
            Map<RunId, Lease> all = withReplays(leaseOf);
            all.forEach((each, lease) -> runs.abandonIncomplete(each.instance(), lease));
            takeBack(plan.loads(), leaseOf);
            Tables tables = new Tables(target.database(), target.dataSource());
            all.keySet().forEach(each -> tables.names(each.stagingPrefix()).forEach(tables::drop));
            return new RollbackOutcome(
                    ExitCode.COMPLETED, told("Taken back", plan), plan.loads(), summaries(plan.runs()));
        }

        /** A replay that has published nothing yet would add to what is no more. */
        private Map<RunId, Lease> withReplays(Map<RunId, Lease> leaseOf) {
            Map<RunId, Lease> all = new LinkedHashMap<>(leaseOf);
            leaseOf.forEach((each, lease) ->
                    RollbackPlan.replays(each, publications).forEach(replay -> all.putIfAbsent(replay, lease)));
            return all;
        }

        private void takeBack(List<PublishedLoad> loads, Map<RunId, Lease> leaseOf) {
            if (loads.isEmpty()) {
                return;
            }
            new TakeBack(target).run(loads, Publications.now(), () -> {
                if (target.isRepository()) {
                    leaseOf.forEach(this::note);
                }
                leaseOf.values().forEach(Lease::fence);
            });
            if (!target.isRepository()) {
                leaseOf.forEach(this::note);
            }
        }

        /** Of what is taken back already: a kill may have kept it from being noted, or its images from being dropped. */
        private void finish(Lease lease) {
            new TakeBack(target).dropImages(publications.loads(run));
            note(run, lease);
        }

        private void note(RunId noted, Lease lease) {
            Publication publication = publications.find(noted).orElseThrow();
            runs.note(noted.instance(), publication, lease);
        }

        private RollbackPlan plan() {
            RollbackPlan plan = RollbackPlan.of(run, publications);
            if (!plan.runs().contains(run)) {
                return new RollbackPlan(List.of());
            }
            List<RunId> replays = RollbackPlan.replays(run, publications);
            List<PublishedLoad> others = plan.loads().stream()
                    .filter(load -> !load.run().equals(run) && !replays.contains(load.run()))
                    .toList();
            others.stream()
                    .filter(load -> !load.run().repository().equals(run.repository()))
                    .findFirst()
                    .ifPresent(load -> {
                        throw RollbackRefusal.wrong(name(request.executionId(), summary.job())
                                + " cannot be taken back before job '" + load.job()
                                + "' of another job repository, which"
                                + " published into '" + load.table() + "' after it (" + load.mode() + ")");
                    });
            if (!others.isEmpty() && !request.cascade()) {
                throw RollbackRefusal.wrong(name(request.executionId(), summary.job())
                        + " cannot be taken back alone; what was published into the same tables after it took its rows away"
                        + " or changed them: " + list(others) + ". 'rollback " + request.executionId()
                        + " --cascade' takes all of it back, newest first");
            }
            List<String> obstacles = plan.obstacles(target);
            if (!obstacles.isEmpty()) {
                throw RollbackRefusal.wrong(name(request.executionId(), summary.job()) + " cannot be taken back: "
                        + String.join("; ", obstacles));
            }
            return plan;
        }

        private String already() {
            return name(request.executionId(), summary.job()) + " was taken back already; nothing was done.";
        }

        private String told(String words, RollbackPlan plan) {
            return words + ": " + list(plan.loads())
                    + ". The next start of the job loads its input again, unless another publication of it stands.";
        }
    }

    private List<RunSummary> summaries(List<RunId> noted) {
        List<RunSummary> summaries = new ArrayList<>();
        noted.forEach(run -> views.last(run.instance()).ifPresent(summaries::add));
        return summaries;
    }

    private String list(List<PublishedLoad> loads) {
        List<String> texts = new ArrayList<>();
        for (PublishedLoad load : loads) {
            String execution = views.last(load.run().instance())
                    .map(summary -> name(summary.executionId(), load.job()))
                    .orElse("a run of job '" + load.job() + "'");
            texts.add(execution + " in " + load.table() + " (" + load.mode() + ", "
                    + HumanFormat.count(load.rows(), "row") + ")");
        }
        return String.join(", ", texts);
    }

    private static String name(long execution, String job) {
        return "execution " + execution + " of job '" + job + "'";
    }

    private static RollbackRefusal running(String job, Optional<Owner> owner) {
        return new RollbackRefusal(
                ExitCode.RUNNING,
                "Job '" + job + "' is running: "
                        + owner.map(Owner::describe).orElse("by a process that is not known")
                        + ". Nothing was taken back.");
    }
}
