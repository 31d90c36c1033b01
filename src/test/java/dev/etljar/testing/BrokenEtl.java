package dev.etljar.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.progress.ProgressFile;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application with the fault that it must not have: a chunk's checkpoint is committed in a transaction of its own,
 * some milliseconds before the rows. Whoever looks for lost rows must find some when this is killed.
 */
public final class BrokenEtl {

    /** So long that a kill in PROCESS often falls in between. */
    private static final Duration BETWEEN = Duration.ofMillis(15);

    private BrokenEtl() {}

    /** What starts it. */
    public static List<String> command() {
        return EtlProcess.command(BrokenEtl.class);
    }

    public static void main(String[] arguments) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(
                Path.of("."),
                context -> context.addBeanFactoryPostProcessor(
                        factory -> factory.addBeanPostProcessor(new CheckpointFirst())))) {
            RunOutcome outcome = application
                    .getBean(Launcher.class)
                    .run(
                            new RunRequest(arguments[0].replace("--job.name=", ""), Map.of(), false, false),
                            new ProgressFile(Clock.systemUTC()),
                            new StopSignal());
            System.err.println(outcome.message());
            System.exit(outcome.exitCode().code());
        }
    }

    /**
     * Puts a data source in the other's place whose connections execute what stores a checkpoint on a connection of its own, by
     * which it is committed at once.
     */
    private static final class CheckpointFirst implements BeanPostProcessor {

        private static final Pattern CHECKPOINT = Pattern.compile("(?i)with etl_step as");

        /** Of the statement of a small chunk the part that inserts its rows, which are its last parameter. */
        private static final Pattern ROWS =
                Pattern.compile(", etl_rows as \\((.*) where exists \\(select 1 from etl_step\\)\\)", Pattern.DOTALL);

        private static final int ROWS_PARAMETER = 13;

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof HikariDataSource pool)) {
                return bean;
            }
            return proxy(
                    DataSource.class,
                    (method, arguments) -> method.getName().equals("getConnection")
                            ? connection(pool)
                            : method.invoke(pool, arguments));
        }

        private static Connection connection(DataSource pool) throws SQLException {
            Connection chunk = pool.getConnection();
            List<Connection> outside = new ArrayList<>();
            return proxy(Connection.class, (method, arguments) -> {
                switch (method.getName()) {
                    case "prepareStatement" -> {
                        Matcher rows = ROWS.matcher(String.valueOf(arguments[0]));
                        if (rows.find()) {
                            return torn(chunk, rows.replaceFirst(""), rows.group(1));
                        }
                        if (CHECKPOINT.matcher(String.valueOf(arguments[0])).lookingAt() && !chunk.getAutoCommit()) {
                            outside.add(pool.getConnection());
                            return method.invoke(outside.get(0), arguments);
                        }
                    }
                    case "commit" -> {
                        if (!outside.isEmpty()) {
                            LockSupport.parkNanos(BETWEEN.toNanos());
                            outside.remove(0).close();
                        }
                    }
                    default -> {}
                }
                return method.invoke(chunk, arguments);
            });
        }

        /** The checkpoint is a statement of its own, committed before that of the rows. */
        private static PreparedStatement torn(Connection chunk, String checkpoint, String insert) throws SQLException {
            PreparedStatement first = chunk.prepareStatement(checkpoint);
            PreparedStatement second = chunk.prepareStatement(insert);
            return proxy(PreparedStatement.class, (method, arguments) -> {
                if (method.getName().equals("setString") && arguments[0].equals(ROWS_PARAMETER)) {
                    second.setString(1, String.valueOf(arguments[1]));
                    return null;
                }
                Object result = method.invoke(first, arguments);
                if (method.getName().equals("executeQuery")) {
                    LockSupport.parkNanos(BETWEEN.toNanos());
                    second.executeUpdate();
                }
                return result;
            });
        }

        private interface Call {
            @Nullable
            Object make(Method method, Object[] arguments) throws Exception;
        }

        private static <T> T proxy(Class<T> type, Call call) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        try {
                            return call.make(method, arguments == null ? new Object[0] : arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }
    }
}
