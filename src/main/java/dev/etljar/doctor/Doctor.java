package dev.etljar.doctor;

import dev.etljar.database.Target;
import dev.etljar.doctor.SpaceCheck.Space;
import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobDefinition;
import dev.etljar.launch.RunInspection;
import dev.etljar.lease.Leases;
import dev.etljar.repository.JobTargets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Makes all checks that can be made:
 *
 * <ol>
 *   <li>What needs no database: definitions, what they take from files and the environment, folders, disks.
 *   <li>Each database that runs use. Of one that does not answer nothing more is asked; an embedded one that no run has made yet
 *       is not made.
 *   <li>The tables of each job, in a database that answered.
 *   <li>The runs, where the job repository's tables are all there.
 * </ol>
 */
public final class Doctor {

    private final Path home;
    private final Target repository;
    private final JobTargets targets;
    private final Leases leases;
    private final Supplier<RunInspection> inspection;
    private final Clock clock;
    private final Space space;

    /** @param inspection asks the database when it is made, so it is made only where that answers */
    Doctor(
            Path home,
            Target repository,
            JobTargets targets,
            Leases leases,
            Supplier<RunInspection> inspection,
            Clock clock,
            Space space) {
        this.home = home;
        this.repository = repository;
        this.targets = targets;
        this.leases = leases;
        this.inspection = inspection;
        this.clock = clock;
        this.space = space;
    }

    /**
     * Everything that is found, and nothing on a healthy set-up.
     *
     * @param job the only job to look at, or null for all
     */
    public List<Finding> examine(@Nullable String job) {
        return new Examination(Jobs.read(home, job), job).make();
    }

    private final class Examination {

        private final Jobs jobs;
        private final @Nullable String only;
        private final List<Finding> findings = new ArrayList<>();
        private final Site repositorySite = new Site(repository);
        private final Map<String, Site> siteOf = new LinkedHashMap<>();
        private final List<Site> answering = new ArrayList<>();
        private final List<Site> complete = new ArrayList<>();

        Examination(Jobs jobs, @Nullable String only) {
            this.jobs = jobs;
            this.only = only;
        }

        List<Finding> make() {
            check(new DefinitionCheck(jobs));
            check(new PlaceholderCheck(jobs, home, System.getenv()));
            check(new InputCheck(jobs, home, System.getenv()));
            jobs.sound().forEach(this::findSite);
            List<Site> sites = new ArrayList<>(List.of(repositorySite));
            siteOf.values().stream()
                    .filter(site -> !sites.contains(site))
                    .distinct()
                    .forEach(sites::add);
            Folders folders = Folders.of(home, jobs, sites);
            if (check(new FolderCheck(folders))) {
                check(new SpaceCheck(folders, home, jobs, System.getenv(), space));
            }
            check(new LeaseCheck(repositorySite, leases.time()));
            sites.forEach(this::look);
            jobs.sound().forEach(this::lookAtTables);
            if (complete.contains(repositorySite)) {
                lookAtRuns();
            }
            return List.copyOf(findings);
        }

        private void findSite(String job, JobDefinition definition) {
            try {
                Target target = targets.of(definition);
                siteOf.put(job, target.isRepository() ? repositorySite : new Site(target));
            } catch (IllegalArgumentException e) {
                findings.add(Finding.error(
                        String.valueOf(e.getMessage()),
                        Jobs.file(job),
                        "Correct 'target' there, or etl.targets." + definition.target()
                                + " in config/application.yml"));
            }
        }

        private void look(Site site) {
            check(new EmbeddedCheck(site));
            if (site.database().embedded() && site.file().isEmpty()) {
                return;
            }
            if (site.isYetToBeMade() || !check(new ReachableCheck(site))) {
                return;
            }
            answering.add(site);
            check(new ConnectionCheck(site));
            check(new VersionCheck(site));
            check(new SettingsCheck(site));
            check(new ClockCheck(site, clock));
            check(new PrivilegeCheck(site));
            SchemaCheck schema = new SchemaCheck(site, ExpectedSchema.of(site.target()));
            if (check(schema) && schema.isComplete()) {
                complete.add(site);
            }
        }

        private void lookAtTables(String job, JobDefinition definition) {
            @Nullable Site site = siteOf.get(job);
            if (site != null && answering.contains(site)) {
                check(new TablesCheck(job, definition, site));
            }
        }

        private void lookAtRuns() {
            RunRows rows = new RunRows(repositorySite);
            List<RunRows.Row> incomplete = rows.incomplete().stream()
                    .filter(row -> only == null || only.equals(row.job()))
                    .toList();
            check(new StorageCheck(repositorySite, inspection.get()));
            check(new OwnerCheck(repositorySite, incomplete, leases));
            check(new ApprovalCheck(repositorySite, incomplete));
            check(new ContinuationCheck(repositorySite, incomplete, jobs, inspection.get()));
            rows.token()
                    .ifPresent(token -> answering.forEach(
                            site -> check(new LeftoverCheck(site, token, rows.incompleteInstances()))));
        }

        /** Whether there is nothing to say. */
        private boolean check(Check check) {
            List<Finding> found;
            try {
                found = check.find();
            } catch (DataAccessException e) {
                found = List.of(Finding.outage(
                        "Not all could be looked at. " + FailureMessage.of(e),
                        check.getClass().getSimpleName(),
                        "Where the database is in order, run 'doctor' again, with --debug"));
            }
            findings.addAll(found);
            return found.isEmpty();
        }
    }
}
