package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts rows into one table the fastest way that its database has, in the caller's transaction. Used by one thread. */
public interface RowWriter {

    /**
     * Inserts all rows, or throws: what was inserted before the failure the caller takes back to its savepoint.
     *
     * @param rows each with a value for every column, in the columns' order: String, Integer, Long, BigDecimal, Double,
     *     Boolean, LocalDate, LocalTime, LocalDateTime, UUID, or null
     * @throws SQLException of which {@link Database#refusesRow} tells whether one of the rows is at fault
     */
    void write(Connection connection, List<@Nullable Object[]> rows) throws SQLException;
}
