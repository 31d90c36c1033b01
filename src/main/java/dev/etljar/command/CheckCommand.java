package dev.etljar.command;

import dev.etljar.definition.DefinitionException;
import dev.etljar.job.DefinitionReader;
import dev.etljar.job.DefinitionText;
import dev.etljar.job.JobDefinition;
import dev.etljar.repository.JobTargets;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Reads a definition and shows what would run. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Read the definition and print what would run; touches nothing.",
        footer = {"", "Examples:", "  java -jar etl.jar check import", "  java -jar etl.jar check import --format=json"
        })
final class CheckCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = JobNames.class,
            description = "The job: config/jobs/NAME.yml.")
    private String job = "";

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        try {
            JobDefinition definition = new DefinitionReader(etl.home()).read(job);
            List<Problem> problems = problems(definition);
            if (format == Format.TEXT) {
                etl.out().println(DefinitionText.of(job, definition));
            } else if (problems.isEmpty()) {
                etl.out().println(DefinitionText.json(job, definition));
            }
            etl.out().flush();
            return problems.isEmpty() ? 0 : etl.tell(new RunOutcome.Wrong(problems), format);
        } catch (DefinitionException e) {
            return etl.tell(
                    new RunOutcome.Wrong(e.errors().stream().map(Problem::wrong).toList()), format);
        }
    }

    /** Most definitions need no database to be checked, and so no start of it. */
    private List<Problem> problems(JobDefinition definition) {
        if (!definition.asksTarget()) {
            return List.of();
        }
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            return application.getBean(JobTargets.class).problems(definition);
        }
    }
}
