package dev.etljar.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Cuts one connection of the application, once: the server ends it by itself, as an administrator or a failing network
 * would, in the transaction that prepares a statement for the nth time that holds the text.
 */
public final class CutConnection implements BeanPostProcessor {

    /** When, in that transaction. */
    public enum Moment {
        /** Before the statement: the transaction is lost in its middle. */
        AT_THE_STATEMENT,
        /** Before the server has heard of the commit. */
        BEFORE_COMMIT,
        /** After the server has committed, but before the application has heard of it. */
        AFTER_COMMIT
    }

    private final EtlHome home;
    private final Moment moment;
    private final String text;
    private final int nth;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param text of the statement; each chunk has one that stores its checkpoint, and on MariaDB one that loads its rows */
    public CutConnection(EtlHome home, Moment moment, String text, int nth) {
        this.home = home;
        this.moment = moment;
        this.text = text;
        this.nth = nth;
    }

    /** Whether it has cut the connection. */
    public boolean isDone() {
        return done.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource dataSource
                ? new DelegatingDataSource(dataSource) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return watched(super.getConnection());
                    }
                }
                : bean;
    }

    private Connection watched(Connection connection) {
        AtomicBoolean chosen = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && arguments != null) {
                        note(String.valueOf(arguments[0]), chosen, connection);
                    }
                    boolean commit = chosen.get() && method.getName().equals("commit");
                    if (commit && moment == Moment.BEFORE_COMMIT) {
                        cut(connection);
                    }
                    Object result = call(connection, method, arguments);
                    if (result instanceof PreparedStatement statement && chosen.get() && connection.getAutoCommit()) {
                        result = committing(statement, connection);
                    }
                    if (result instanceof Statement statement
                            && method.getName().equals("createStatement")) {
                        result = watched(statement, sql -> note(sql, chosen, connection));
                    }
                    if (commit) {
                        committed(connection);
                    }
                    return result;
                });
    }

    /** A statement that is a transaction by itself. */
    private PreparedStatement committing(PreparedStatement statement, Connection connection) {
        return (PreparedStatement) Proxy.newProxyInstance(
                Statement.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    Object result = call(statement, method, arguments);
                    if (method.getName().startsWith("execute")) {
                        committed(connection);
                    }
                    return result;
                });
    }

    private void committed(Connection connection) throws SQLException {
        if (moment == Moment.AFTER_COMMIT && done.compareAndSet(false, true)) {
            connection.abort(Runnable::run);
            throw new SQLException("the connection was cut after the commit", "08006");
        }
    }

    private interface Note {
        void take(String sql) throws SQLException;
    }

    private static Statement watched(Statement statement, Note note) {
        return (Statement) Proxy.newProxyInstance(
                Statement.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute") && arguments != null) {
                        note.take(String.valueOf(arguments[0]));
                    }
                    return call(statement, method, arguments);
                });
    }

    private void note(String sql, AtomicBoolean chosen, Connection connection) throws SQLException {
        if (sql.contains(text) && seen.incrementAndGet() == nth) {
            chosen.set(true);
            if (moment == Moment.AT_THE_STATEMENT) {
                cut(connection);
            }
        }
    }

    private static @Nullable Object call(Object connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void cut(Connection connection) throws SQLException {
        boolean postgreSql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        long number;
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(postgreSql ? "select pg_backend_pid()" : "select connection_id()")) {
            row.next();
            number = row.getLong(1);
        }
        try (Connection other = home.connect();
                Statement statement = other.createStatement()) {
            // Waits until it is gone.
            statement.execute(
                    postgreSql ? "select pg_terminate_backend(" + number + ", 10000)" : "kill connection " + number);
        }
        done.set(true);
    }
}
