package dev.etljar.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.etljar.job.FailureMessage;
import dev.etljar.operate.OperatorAnswer;
import dev.etljar.run.ExitCode;
import dev.etljar.run.RunOutcome;
import dev.etljar.text.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Without a command it is the form for schedulers: {@code --job.name=import}. */
@Command(
        name = "etl.jar",
        description = "Loads files into tables, and goes on where it stopped: run it again.",
        mixinStandardHelpOptions = true,
        versionProvider = EtlVersion.class,
        subcommands = {
            RunCommand.class,
            RestartCommand.class,
            ReplayRejectsCommand.class,
            StatusCommand.class,
            ListCommand.class,
            StopCommand.class,
            AbandonCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            CheckCommand.class,
            RerunCommand.class,
            RollbackCommand.class,
            PurgeCommand.class,
            DoctorCommand.class,
            SelftestCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  java -jar etl.jar --job.name=import",
            "  java -jar etl.jar --job.name=import date=2026-11-23",
            "  java -jar etl.jar status import",
            "  java -jar etl.jar check import",
            "",
            "'COMMAND --help' shows a command's options, with examples.",
        })
public final class EtlCommand implements Callable<Integer> {

    @Option(
            names = "--etl.home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = ".",
            description = "The folder that holds config and data (default: the working directory).")
    private Path home = Path.of(".");

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces and the framework's log.")
    private boolean debug;

    @ArgGroup
    private @Nullable Choice choice;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Parameters(
            paramLabel = "name=value",
            arity = "0..*",
            description = "Job parameters; they tell one run of the job from another.")
    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Spec
    private @Nullable CommandSpec spec;

    /** One of the two forms for schedulers. */
    private static final class Choice {
        @Option(
                names = "--job.name",
                paramLabel = "NAME",
                completionCandidates = JobNames.class,
                description = "Run the job, or go on with its last run if that is not complete.")
        private @Nullable String job;

        @Option(
                names = "--job.restart",
                paramLabel = "ID",
                converter = ExecutionIdConverter.class,
                description = "Restart the execution with this ID.")
        private @Nullable Long execution;
    }

    /** Runs the command line and gives the process's exit code; everything there is to say has been printed then. */
    public static int execute(String... args) {
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        try {
            return commandLine(new PrintWriter(System.out, true, UTF_8), err).execute(args);
        } catch (OutOfMemoryError e) {
            err.println("etl: " + FailureMessage.outOfMemory());
            return ExitCode.FAILED.code();
        }
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new EtlCommand());
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // A job may be named as a command is.
        commandLine.setAllowSubcommandsAsOptionParameters(true);
        WholeNumber.registerAt(commandLine);
        commandLine.setParameterExceptionHandler(new WrongCommandLine());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        commandLine
                .getHelpSectionMap()
                .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, EtlCommand::exitCodes);
        commandLine
                .getHelpSectionMap()
                .put(
                        CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                        help -> "%nExit codes:%n".formatted());
        return commandLine;
    }

    @Override
    public Integer call() {
        if (choice == null) {
            throw new ParameterException(commandLine(), "What is to be done? Give --job.name=NAME or a command");
        }
        if (choice.execution != null) {
            if (!parameters.isEmpty()) {
                throw new ParameterException(
                        commandLine(), "--job.restart takes no job parameters: the execution has its own");
            }
            return RunCommand.restart(this, choice.execution, options);
        }
        return RunCommand.run(this, String.valueOf(choice.job), parameters, options);
    }

    /** @throws ParameterException where there is no such folder: what is mistyped would look like a new installation */
    Path home() {
        if (!Files.isDirectory(home)) {
            throw new ParameterException(commandLine(), "--etl.home: there is no folder '" + home + "'");
        }
        return plain(home);
    }

    /** Without the dots that stand for the same folder, so that no path is told with them; two dots may lead out of a link. */
    private static Path plain(Path path) {
        Path plain = path.isAbsolute() ? path.getRoot() : Path.of("");
        for (Path name : path) {
            plain = name.toString().equals(".") ? plain : plain.resolve(name);
        }
        return plain;
    }

    boolean debug() {
        return debug;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("not parsed yet");
        }
        return spec.commandLine();
    }

    private static int failed(Exception failure, CommandLine command) {
        EtlCommand root = (EtlCommand) command.getCommandSpec().root().userObject();
        if (root.debug()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            command.getErr().println(Secrets.masked(trace.toString()));
        }
        ExitCode code = StartFailure.exitCode(failure);
        if (FailureJson.isAskedOf(command)) {
            FailureJson.print(command.getOut(), code, StartFailure.message(failure));
        }
        command.getErr().println("etl: " + StartFailure.message(failure));
        command.getErr().flush();
        return code.code();
    }

    private static String exitCodes(CommandLine.Help help) {
        List<String> lines = new ArrayList<>();
        for (ExitCode code : ExitCode.values()) {
            lines.add("  " + code.code() + "  " + code.outcome());
        }
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** Where results go; everything else goes to the error stream, so that a result can be piped. */
    PrintWriter out() {
        return commandLine().getOut();
    }

    /** Where everything else goes. */
    PrintWriter err() {
        return commandLine().getErr();
    }

    /** Tells what an operator's command has done, on the stream that fits, and gives its exit code. */
    int tell(OperatorAnswer answer, Format format) {
        boolean well = answer.exitCode() == ExitCode.COMPLETED;
        if (format == Format.JSON) {
            out().println(answer.json());
        } else if (well) {
            out().println(answer.message() + ".");
        }
        if (!well) {
            err().println("etl: " + answer.message());
            err().flush();
        }
        out().flush();
        return answer.exitCode().code();
    }

    /** Tells why a command that has JSON gives nothing else, and its exit code. */
    int tell(RunOutcome outcome, Format format) {
        if (format == Format.JSON) {
            FailureJson.print(out(), outcome.exitCode(), outcome.message());
        }
        return tell(outcome);
    }

    /** Tells how a run ended, on the stream that fits, and gives its exit code. */
    int tell(RunOutcome outcome) {
        boolean well = outcome.exitCode() == ExitCode.COMPLETED;
        PrintWriter to = well ? out() : commandLine().getErr();
        outcome.message().lines().forEach(line -> to.println(well ? line : "etl: " + line));
        to.flush();
        return outcome.exitCode().code();
    }
}
