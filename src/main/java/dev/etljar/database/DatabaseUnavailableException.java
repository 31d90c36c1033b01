package dev.etljar.database;

import java.sql.SQLException;

/** The database does not answer, or refuses to be used. It may pass. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailableException(SQLException cause) {
        super("The database cannot be reached: " + cause.getMessage(), cause);
    }
}
