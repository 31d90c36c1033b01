package dev.etljar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoField;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL's {@code COPY … FROM STDIN} in its text format, which takes part in the transaction like any statement. */
final class CopyWriter implements RowWriter {

    /** Bytes of a message; the server takes at most 1 GiB. */
    private static final int MESSAGE = 1 << 18;

    private final String copy;
    private final RowText text = new RowText(ChronoField.NANO_OF_SECOND);

    CopyWriter(Database database, TableName table, List<String> columns) {
        this.copy = "copy " + database.quote(table) + " (" + database.quoteAll(columns) + ") from stdin";
    }

    @Override
    public void add(@Nullable Object[] row) {
        text.append(row);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            for (int sent = 0; sent < text.length(); sent += MESSAGE) {
                in.writeToCopy(text.bytes(), sent, Math.min(MESSAGE, text.length() - sent));
            }
            in.endCopy();
        } finally {
            text.clear();
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }
}
