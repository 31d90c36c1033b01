package dev.etljar.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The application with a fault that it must not have: a run is set back in two transactions, the execution in one, those of its
 * steps in the next, as by Spring Batch's own job repository. Whoever looks for rows must miss some when a {@code rerun} of
 * this is killed and given again: it completes at once, with nothing done after its publication was taken back.
 */
public final class BrokenRerun {

    /** A kill falls into it, since that is when the suite reads the words that it waits for. */
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private static final String TOLD = "The execution, again from its step:";
    private static final String SET_BACK = "dev.etljar.repository.SetBack";

    private BrokenRerun() {}

    /** What starts it. */
    public static List<String> command() {
        return EtlProcess.command(BrokenRerun.class);
    }

    public static void main(String[] arguments) {
        PlayedEtl.main(arguments, new ExecutionFirst());
    }

    private static final class ExecutionFirst implements WatchedDriver.Watch {

        private boolean done;

        @Override
        public void preparing(String sql, Connection connection) throws SQLException {
            if (!done && sql.startsWith("INSERT INTO BATCH_STEP_EXECUTION(") && setsBack()) {
                done = true;
                connection.commit();
                System.out.println(TOLD);
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }

        private static boolean setsBack() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(SET_BACK)));
        }
    }
}
