package dev.etljar.command;

import dev.etljar.doctor.Doctor;
import dev.etljar.doctor.Finding;
import dev.etljar.doctor.Severity;
import dev.etljar.run.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds what would break or harm runs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Find what would break or harm runs, and say what to do; changes nothing, and is silent where all is well.",
        footer = {
            "",
            "Exit code 0: no errors, perhaps warnings; 2: errors that a person corrects; 1: only errors that may pass by",
            "themselves, such as a database that does not answer.",
            "",
            "Examples:",
            "  java -jar etl.jar doctor",
            "  java -jar etl.jar doctor import --format=json"
        })
final class DoctorCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = JobNames.class,
            description = "Only this job (default: all of them).")
    private @Nullable String job;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        if (format == Format.JSON) {
            etl.out().println(json(findings).toPrettyString());
        } else {
            findings.forEach(this::print);
        }
        etl.out().flush();
        return exitCode(findings).code();
    }

    /** What keeps the application from starting is a finding too. */
    private List<Finding> findings() {
        try (ConfigurableApplicationContext application = Application.open(etl)) {
            return application.getBean(Doctor.class).examine(job);
        } catch (RuntimeException e) {
            return List.of(Finding.error(
                    StartFailure.message(e),
                    "config/application.yml, or the environment",
                    "Correct it; with --debug, any command says more"));
        }
    }

    private void print(Finding finding) {
        etl.out().println(finding.severity() + ": " + finding.what());
        etl.out().println("  where: " + finding.where());
        etl.out().println("  do:    " + finding.action());
    }

    private static ArrayNode json(List<Finding> findings) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        findings.forEach(finding -> nodes.addObject()
                .put("severity", finding.severity().name())
                .put("mayPass", finding.mayPass())
                .put("what", finding.what())
                .put("where", finding.where())
                .put("action", finding.action()));
        return nodes;
    }

    private static ExitCode exitCode(List<Finding> findings) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return ExitCode.COMPLETED;
        }
        return errors.stream().allMatch(Finding::mayPass) ? ExitCode.FAILED : ExitCode.WRONG;
    }
}
