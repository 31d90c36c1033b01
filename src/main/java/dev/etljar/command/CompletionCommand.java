package dev.etljar.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints the script by which a shell completes this command line. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print a script for bash and zsh that completes commands, options and the names of jobs.",
            "It is for an alias of 'java -jar etl.jar'; jobs are those in config/jobs of the working directory,"
                    + " or of --etl.home."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar completion > etl-completion.sh",
            "  java -jar etl.jar completion --name=load > load-completion.sh",
            "",
            "In ~/.bashrc or ~/.zshrc:",
            "  alias etl='java -jar /srv/etl/etl.jar'",
            "  source /srv/etl/etl-completion.sh"
        })
final class CompletionCommand implements Callable<Integer> {

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Option(
            names = "--name",
            paramLabel = "ALIAS",
            defaultValue = "etl",
            description = "What is typed in place of 'java -jar etl.jar' (default: etl).")
    private String name = "etl";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec own = spec == null ? CommandSpec.create() : spec;
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
            throw new ParameterException(
                    own.commandLine(),
                    "--name is of letters, digits and '_' and begins with no digit, not '" + name + "'");
        }
        etl.out().print(new CompletionScript(name, own.root()).text());
        etl.out().flush();
        return 0;
    }
}
