package dev.etljar.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The database's own driver, which lets a test act at exact moments of a transaction: where {@code driver-class-name} of a
 * data source's configuration names it, the {@link Watch} of this JVM is told what its connections do.
 */
public final class WatchedDriver implements Driver {

    private static final AtomicReference<Watch> WATCH = new AtomicReference<>(new Watch() {});

    /** Is called in the thread that uses the connection. */
    public interface Watch {

        /** A statement with parameters is about to be prepared on the connection. */
        default void preparing(String sql, Connection connection) throws SQLException {}

        /** A statement without parameters is about to be executed on the connection. */
        default void executing(String sql, Connection connection) throws SQLException {}

        /** A statement without parameters has been executed. */
        default void executed(String sql) {}

        /** The transaction in which these statements were executed or prepared is about to be committed. */
        default void committing(List<String> statements) {}

        /** It was. */
        default void committed(List<String> statements) {}
    }

    public static void watch(Watch watch) {
        WATCH.set(watch);
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        return proxy(Connection.class, new WatchedConnection(DriverManager.getConnection(url, info))::call);
    }

    private interface Call {
        @Nullable
        Object make(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.make(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static final class WatchedConnection {

        private final Connection connection;
        private final List<String> statements = new ArrayList<>();

        WatchedConnection(Connection connection) {
            this.connection = connection;
        }

        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            boolean withArguments = arguments != null && arguments.length > 0;
            switch (method.getName()) {
                case "commit" -> {
                    List<String> committed = List.copyOf(statements);
                    WATCH.get().committing(committed);
                    invoke(connection, method, arguments);
                    statements.clear();
                    WATCH.get().committed(committed);
                    return null;
                }
                case "rollback" -> {
                    if (!withArguments) {
                        statements.clear();
                    }
                }
                case "createStatement" -> {
                    Statement statement = connection.createStatement();
                    return proxy(Statement.class, (called, values) -> execute(statement, called, values));
                }
                case "prepareStatement" -> {
                    if (arguments != null) {
                        WATCH.get().preparing(String.valueOf(arguments[0]), connection);
                        statements.add(String.valueOf(arguments[0]));
                    }
                }
                default -> {}
            }
            return invoke(connection, method, arguments);
        }

        private @Nullable Object execute(Statement statement, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (!method.getName().startsWith("execute") || arguments == null || !(arguments[0] instanceof String sql)) {
                return invoke(statement, method, arguments);
            }
            WATCH.get().executing(sql, connection);
            Object result = invoke(statement, method, arguments);
            statements.add(sql);
            WATCH.get().executed(sql);
            return result;
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
