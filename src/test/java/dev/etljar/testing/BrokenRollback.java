package dev.etljar.testing;

import dev.etljar.finalize.TakeBack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The application with a fault that it must not have: that a publication is taken back is committed before its rows go. Whoever
 * looks for rows that stay must find some when a {@code rollback} of this is killed and given again.
 */
public final class BrokenRollback {

    /** So long that a kill at any moment often falls in between. */
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private BrokenRollback() {}

    /** What starts it. */
    public static List<String> command() {
        return EtlProcess.command(BrokenRollback.class);
    }

    public static void main(String[] arguments) {
        PlayedEtl.main(arguments, new MarkFirst());
    }

    private static final class MarkFirst implements WatchedDriver.Watch {

        @Override
        public void executing(String sql, Connection connection) throws SQLException {
            boolean takesBack = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(TakeBack.class.getName())));
            if (takesBack && sql.startsWith("delete from") && !connection.getAutoCommit()) {
                connection.commit();
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }
}
