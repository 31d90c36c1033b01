package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A way to start the application, which is taken again and again until it has ended as it is to.
 *
 * @param arguments of the next start; they may be others each time
 * @param end how it is to end
 * @param inParts whether it may be stopped before that, by a limit or by an operator
 * @param first the first phase in which it may be killed; INIT for a command that tells what it is going to do
 * @param last the last one
 */
record Start(Act act, Supplier<List<String>> arguments, ExitCode end, boolean inParts, Phase first, Phase last) {

    /** A start of the job. */
    static Start run(String... options) {
        return runEach(() -> List.of(options));
    }

    /** A start of the job whose options are drawn each time. */
    static Start runEach(Supplier<List<String>> options) {
        return new Start(
                Act.RUN,
                () -> with("--job.name=" + Home.JOB_NAME, options.get()),
                ExitCode.COMPLETED,
                false,
                Phase.DOWNLOAD,
                Phase.FINALIZE);
    }

    /** An operator's command. */
    static Start command(Act act, String... arguments) {
        return new Start(
                act,
                () -> with(act.command(), List.of(arguments)),
                ExitCode.COMPLETED,
                false,
                Phase.DOWNLOAD,
                Phase.FINALIZE);
    }

    Start until(ExitCode code) {
        return new Start(act, arguments, code, inParts, first, last);
    }

    Start between(Phase from, Phase to) {
        return new Start(act, arguments, end, inParts, from, to);
    }

    Start partByPart() {
        return new Start(act, arguments, end, true, first, last);
    }

    private static List<String> with(String command, List<String> options) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(options);
        return all;
    }
}
