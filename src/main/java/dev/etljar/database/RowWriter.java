package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows in the form in which their database takes them the fastest way, and inserts them into one table, in the caller's
 * transaction. Used by one thread.
 */
public interface RowWriter {

    /**
     * Adds a row to those that the next {@link #write} inserts.
     *
     * @param row a value for every column, in the columns' order: String, Integer, Long, BigDecimal, Double, Boolean,
     *     LocalDate, LocalTime, LocalDateTime, UUID, or null; not to be changed afterwards
     */
    void add(@Nullable Object[] row);

    /**
     * Inserts the rows that were added, or throws: what was inserted before the failure the caller takes back.
     * Either way, the next one begins without rows.
     *
     * @throws SQLException of which {@link Database#refusesRow} tells whether one of the rows is at fault
     */
    void write(Connection connection) throws SQLException;

    /**
     * Leaves the rows that were added to whoever stores the checkpoint in this transaction, see {@link RowsWithCheckpoint}.
     *
     * @return whether it did: false where these are to be {@linkplain #write written} by themselves
     */
    default boolean leave(RowsWithCheckpoint.Judge judge) {
        return false;
    }
}
