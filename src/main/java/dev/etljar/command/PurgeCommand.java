package dev.etljar.command;

import dev.etljar.purge.Purge;
import dev.etljar.purge.PurgeOutcome;
import dev.etljar.purge.PurgeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Removes old runs. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = "Remove old runs with their rows, tables and files; what a restart, a rollback or a replay needs"
                + " stays, and the data that was loaded.",
        footer = {
            "",
            "Exit code 0: done, a job that is running was passed over; 1: something is left that should have gone.",
            "",
            "Examples:",
            "  java -jar etl.jar purge --older-than=90d --dry-run",
            "  java -jar etl.jar purge --older-than=90d --keep=20 --job=import"
        })
final class PurgeCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            required = true,
            converter = DurationConverter.class,
            description = "Runs that ended longer ago than this, such as 90d or 12h, by the database's clock.")
    private Duration olderThan = Duration.ZERO;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of each job so many of the newest runs stay, however old they are (default: 5).")
    private int keep = 5;

    @Option(
            names = "--job",
            paramLabel = "NAME",
            completionCandidates = JobNames.class,
            description = "Only runs of this job.")
    private @Nullable String job;

    @Option(names = "--dry-run", description = "Print what would be removed, and do nothing.")
    private boolean dryRun;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PurgeRequest request = request();
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            PurgeOutcome outcome = Purge.with(application, etl.home()).run(request);
            if (format == Format.JSON) {
                etl.out().println(outcome.json());
            } else {
                outcome.lines().forEach(etl.out()::println);
            }
            etl.out().flush();
            outcome.problems().forEach(problem -> etl.err().println("etl: " + problem));
            etl.err().flush();
            return outcome.exitCode().code();
        }
    }

    private PurgeRequest request() {
        try {
            return new PurgeRequest(olderThan, keep, job, dryRun);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
