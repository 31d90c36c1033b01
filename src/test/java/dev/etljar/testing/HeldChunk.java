package dev.etljar.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** While it is open no chunk is stored: the rows of the steps that have begun are locked. So a run stays in its PROCESS step. */
public final class HeldChunk implements AutoCloseable {

    private final Connection connection;

    private HeldChunk(Connection connection) {
        this.connection = connection;
    }

    public static HeldChunk of(EtlHome home) {
        try {
            Connection connection = home.repository().connect();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select version from BATCH_STEP_EXECUTION for update");
            }
            return new HeldChunk(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        release();
    }

    /** Lets it be stored; may be called again. */
    public void release() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
