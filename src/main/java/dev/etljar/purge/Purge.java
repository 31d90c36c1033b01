package dev.etljar.purge;

import dev.etljar.database.EtlSchema;
import dev.etljar.database.Target;
import dev.etljar.definition.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobDefinition;
import dev.etljar.lease.Lease;
import dev.etljar.lease.Leases;
import dev.etljar.lease.Owner;
import dev.etljar.repository.JobTargets;
import dev.etljar.repository.RunInputs;
import dev.etljar.text.NearestName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Removes old runs, job after job, each under its lease. What a kill has cut short, the same command brings to the same end,
 * since a run is in the job repository until nothing else is left of it:
 *
 * <ol>
 *   <li>The runs that go are chosen, see {@link OldRuns}; {@link PublicationRows} says which are needed: those whose images
 *       are kept ({@code finalize.keep}), and the one that a new input is compared with.
 *   <li>A group of them, a run and the replays of its rejects, is removed at a time, the oldest first. First its files go:
 *       what the archive has of it, which only its context in the job repository tells, and then its workspace.
 *   <li>Then its staging tables and images are dropped. From here on it cannot be taken back.
 *   <li>Where the target is another database, its rows there go, in one transaction. From here on its rejects cannot be
 *       replayed. No transaction takes them apart: half of them would tell that records were not loaded which were.
 *   <li>Last, its rows in the job repository go, in one transaction, with those of the target where that is the same database.
 *       Where its line is to stay, its context goes, which an execution always has: by that it is known to be done.
 *   <li>Rows of publications that had to stay, since a publication before them could have been taken back from under them,
 *       have no run any more. Each purge looks for those that may go now.
 * </ol>
 *
 * <p>Before each of these steps the lease's fence is asked, and within the last one.
 */
public final class Purge {

    private final Path home;
    private final DefinitionReader definitions;
    private final Target repository;
    private final JobTargets targets;
    private final Leases leases;
    private final RunInputs inputs;

    private Purge(Path home, Target repository, JobTargets targets, Leases leases, RunInputs inputs) {
        this.home = home;
        this.definitions = new DefinitionReader(home);
        this.repository = repository;
        this.targets = targets;
        this.leases = leases;
        this.inputs = inputs;
    }

    /** With the application's beans. */
    public static Purge with(BeanFactory beans, Path home) {
        return new Purge(
                home,
                beans.getBean(Target.class),
                beans.getBean(JobTargets.class),
                beans.getBean(Leases.class),
                beans.getBean(RunInputs.class));
    }

    /** Removes what is asked for, as far as it can be removed. */
    public PurgeOutcome run(PurgeRequest request) throws IOException {
        boolean anyRun = EtlSchema.exists(repository.database(), repository.looking());
        List<String> known = anyRun ? new RepositoryRows(repository, true).jobs() : List.of();
        @Nullable String only = request.job();
        if (only != null && !known.contains(only)) {
            return PurgeOutcome.wrong("There is no execution of a job '" + only + "'"
                    + NearestName.of(only, known)
                            .map(name -> ", did you mean '" + name + "'?")
                            .orElse(". 'list' shows those that there are"));
        }
        if (!anyRun) {
            return new PurgeOutcome(request.dryRun(), null, List.of(), 0, null);
        }
        Instant before = now().minus(request.olderThan());
        List<PurgedJob> jobs = new ArrayList<>();
        for (String job : only == null ? known : List.of(only)) {
            jobs.add(purge(job, request, before));
        }
        return new PurgeOutcome(request.dryRun(), before, jobs, only == null ? leases(request) : 0, null);
    }

    private Instant now() {
        BigDecimal seconds = new JdbcTemplate(repository.looking())
                .queryForObject("select " + repository.database().epoch(), BigDecimal.class);
        return Instant.ofEpochSecond(
                Objects.requireNonNull(seconds, "the database gave no time").longValue());
    }

    private PurgedJob purge(String job, PurgeRequest request, Instant before) {
        try {
            JobDefinition definition = definitions.read(job);
            Target target = targets.of(definition);
            Optional<Owner> holder = leases.holder(job);
            if (holder.isPresent()) {
                return running(job, holder);
            }
            if (request.dryRun()) {
                return job(job, definition, target, request, before, () -> {}).run();
            }
            targets.beginToWrite(target);
            Optional<Lease> taken = leases.take(job, () -> {});
            if (taken.isEmpty()) {
                return running(job, leases.owner(job));
            }
            try (Lease lease = taken.get()) {
                return job(job, definition, target, request, before, lease::fence)
                        .run();
            }
        } catch (DefinitionException e) {
            return PurgedJob.left(
                    job,
                    Removed.NOTHING,
                    "only its definition tells where its rows are: " + String.join("; ", e.errors()));
        } catch (IllegalArgumentException e) {
            return PurgedJob.left(job, Removed.NOTHING, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return PurgedJob.left(job, Removed.NOTHING, FailureMessage.of(e));
        }
    }

    private JobPurge job(
            String job, JobDefinition definition, Target target, PurgeRequest request, Instant before, Runnable fence) {
        // Spring Batch writes the times of executions in the zone of the process.
        LocalDateTime local = LocalDateTime.ofInstant(before, ZoneId.systemDefault());
        return new JobPurge(home, job, definition, repository, target, inputs, request, local, fence);
    }

    private long leases(PurgeRequest request) throws IOException {
        LeaseRows rows = new LeaseRows(repository);
        long old = rows.count(request.olderThan());
        if (request.dryRun() || old == 0) {
            return old;
        }
        targets.beginToWrite(repository);
        return rows.remove(request.olderThan());
    }

    private static PurgedJob running(String job, Optional<Owner> owner) {
        return PurgedJob.running(job, owner.map(Owner::describe).orElse("by a process that is not known"));
    }
}
