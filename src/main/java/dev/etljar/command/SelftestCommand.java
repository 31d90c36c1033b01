package dev.etljar.command;

import dev.etljar.job.FailureMessage;
import dev.etljar.run.ExitCode;
import dev.etljar.run.Problem;
import dev.etljar.run.RunOutcome;
import dev.etljar.selftest.Selftest;
import dev.etljar.selftest.SelftestRequest;
import dev.etljar.selftest.SelftestRequest.Server;
import dev.etljar.selftest.SelftestResult;
import dev.etljar.selftest.Shape;
import dev.etljar.text.Secrets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the crash suite on this machine, on the embedded database or on a server. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        description = {
            "Kill runs and operators' commands at random moments, start them again, and compare every row.",
            "The rounds are plain runs, time boxes, stops, approvals, rollbacks, reruns and replays of rejects in turn."
        },
        footer = {
            "",
            "It works in a temporary folder and in a schema of its own, and removes both when it passed.",
            "The password of --username is taken from the environment variable ETL_SELFTEST_PASSWORD.",
            "Exit code 0: nothing lost, doubled, wrong or left, nobody was needed; 1: see what it prints;",
            "2: the command line is wrong, or the server does not let the user in.",
            "",
            "Examples:",
            "  java -jar etl.jar selftest --kills=50",
            "  java -jar etl.jar selftest --kills=50 --only=rollback,replay",
            "  java -jar etl.jar selftest --url=jdbc:postgresql://localhost/etl --username=etl"
        })
final class SelftestCommand implements Callable<Integer> {

    private static final int CHUNKS = 40;

    @ParentCommand
    private EtlCommand etl = new EtlCommand();

    @Option(names = "--kills", paramLabel = "N", defaultValue = "50", description = "Kills (default: 50).")
    private int kills = 50;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Records a round (default: 20000).")
    private int records = 20_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides data and moments (default: a random one, printed).")
    private @Nullable Long seed;

    @Option(
            names = "--only",
            paramLabel = "ROUND",
            split = ",",
            description =
                    "What rounds are made of: run, time-box, stop, approval, rollback, rerun, replay (default: all).")
    private Set<Shape> shapes = EnumSet.allOf(Shape.class);

    @Option(
            names = "--url",
            paramLabel = "JDBC-URL",
            description = "The server to test (default: the embedded database).")
    private @Nullable String url;

    @Option(names = "--username", paramLabel = "NAME", defaultValue = "", description = "The user of --url.")
    private String username = "";

    @Option(
            names = "--embedded-repository",
            description = "Keep the job repository in the embedded database, and load into --url as another target.")
    private boolean embeddedRepository;

    @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("etl-selftest");
        SelftestResult result;
        try {
            result = new Selftest(request(folder), this::tell).run();
        } catch (SQLException e) {
            FileSystemUtils.deleteRecursively(folder);
            String message = "The database of --url cannot be used: " + Secrets.masked(String.valueOf(e.getMessage()));
            Problem problem = FailureMessage.refusesUser(e)
                    ? Problem.wrong(message + "; see --username and the environment variable ETL_SELFTEST_PASSWORD")
                    : Problem.mayPass(message);
            return etl.tell(new RunOutcome.Wrong(List.of(problem)), format);
        } catch (ParameterException e) {
            FileSystemUtils.deleteRecursively(folder);
            throw e;
        }
        etl.out().print(format == Format.JSON ? result.json() : result.text());
        etl.out().flush();
        if (result.passed()) {
            FileSystemUtils.deleteRecursively(folder);
            return ExitCode.COMPLETED.code();
        }
        etl.out().println("The folder of the runs is kept: " + folder);
        return ExitCode.FAILED.code();
    }

    /** For a person; JSON stays one document. */
    private void tell(String line) {
        if (format == Format.TEXT) {
            etl.out().println(line);
            etl.out().flush();
        }
    }

    private SelftestRequest request(Path folder) {
        long decided = seed == null ? new Random().nextLong() : seed;
        try {
            @Nullable
            Server server = url == null
                    ? null
                    : new Server(url, username, System.getenv().getOrDefault("ETL_SELFTEST_PASSWORD", ""));
            return new SelftestRequest(
                    kills,
                    decided,
                    records,
                    Math.max(1, records / CHUNKS),
                    server,
                    embeddedRepository,
                    command(),
                    folder,
                    shapes);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What this process was started with: the jar, or classes. */
    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", Path.of(classPath).toAbsolutePath().toString()));
        } else {
            command.addAll(List.of("-cp", classPath, "dev.etljar.EtlApplication"));
        }
        return command;
    }
}
