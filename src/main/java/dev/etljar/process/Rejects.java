package dev.etljar.process;

import com.opencsv.CSVWriter;
import dev.etljar.database.Target;
import dev.etljar.run.RunId;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The rejects of one run, which were stored with their chunks. */
final class Rejects {

    private static final String[] HEADER = {"load", "file", "line", "record", "column", "value", "reason", "key", "raw"
    };

    private static final String SELECT = """
            select load_index, file_index, load_name, file_name, line_number, record_number, column_name, field_value,
              reason, raw
            from etl_reject where repository = ? and job_instance_id = ?
            order by load_index, file_index, line_number
            """;

    private static final int MAX_REASONS = 100;

    private static final String BY_REASON = """
            select coalesce(column_name, ''), reason, count(*) from etl_reject
            where repository = ? and job_instance_id = ?
            group by column_name, reason order by count(*) desc limit\s""" + MAX_REASONS;

    private static final int FETCH_SIZE = 500;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RunId run;

    Rejects(Target target, RunId run) {
        this.jdbc = new JdbcTemplate(target.dataSource());
        this.transaction = new TransactionTemplate(target.transactions());
        this.run = run;
        jdbc.setFetchSize(FETCH_SIZE);
    }

    /** How many there are for each reason, of the {@value #MAX_REASONS} most frequent ones. */
    Map<String, Long> byReason() {
        Map<String, Long> rejects = new TreeMap<>();
        jdbc.query(
                BY_REASON,
                row -> {
                    String column = row.getString(1);
                    rejects.merge(
                            column.isEmpty() ? row.getString(2) : column + ": " + row.getString(2),
                            row.getLong(3),
                            Long::sum);
                },
                run.repository(),
                run.instance());
        return rejects;
    }

    /**
     * Writes {@code rejects.csv} anew: every rejected record with its file, line, column, value and reason, and the
     * record itself; no file where there are none. It is CSV as RFC 4180 has it, in UTF-8 with a byte order mark, without
     * which Excel does not know it for UTF-8; no cell is a formula, see {@link SpreadsheetCell}. The key tells the record
     * from all others of the run.
     */
    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        long[] rows = {0};
        try (Writer text = Files.newBufferedWriter(unfinished);
                CSVWriter csv = new CSVWriter(text, ',', '"', '"', "\r\n")) {
            text.write(BYTE_ORDER_MARK);
            csv.writeNext(HEADER);
            // In a transaction: only there does PostgreSQL's driver fetch the rows in parts.
            transaction.executeWithoutResult(status -> jdbc.query(
                    SELECT,
                    row -> {
                        csv.writeNext(values(row));
                        rows[0]++;
                    },
                    run.repository(),
                    run.instance()));
            csv.flush();
            if (csv.checkError()) {
                throw new IOException("cannot write " + unfinished, csv.getException());
            }
        }
        if (rows[0] == 0) {
            Files.delete(unfinished);
            Files.deleteIfExists(file);
        } else {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String[] values(ResultSet row) throws SQLException {
        long line = row.getLong("line_number");
        return new String[] {
            SpreadsheetCell.shown(row.getString("load_name")),
            SpreadsheetCell.shown(row.getString("file_name")),
            Long.toString(line),
            row.getString("record_number"),
            SpreadsheetCell.shown(Objects.toString(row.getString("column_name"), "")),
            SpreadsheetCell.shown(Objects.toString(row.getString("field_value"), "")),
            SpreadsheetCell.shown(row.getString("reason")),
            "load%d-file%d-line%d".formatted(row.getInt("load_index") + 1, row.getInt("file_index") + 1, line),
            SpreadsheetCell.exact(row.getString("raw"))
        };
    }
}
