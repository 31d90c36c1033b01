package dev.etljar.process;

import com.opencsv.CSVWriter;
import dev.etljar.database.Target;
import dev.etljar.row.Header;
import dev.etljar.run.RunId;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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
            select r.load_index, r.file_index, r.load_name, r.file_name, r.line_number, r.column_name, r.field_value,
              r.reason, r.raw,
              coalesce(p.origin_line_number, r.line_number) as origin_line_number,
              coalesce(p.origin_record_number, r.record_number) as origin_record_number
            from etl_reject r
            left join etl_replay p on p.repository = r.repository and p.job_instance_id = r.job_instance_id
              and p.load_index = r.load_index and p.file_index = r.file_index and p.line_number = r.line_number
            where r.repository = ? and r.job_instance_id = ?
            order by r.load_index, r.file_index, r.line_number
            """;

    private static final int MAX_REASONS = 100;

    private static final String BY_REASON = """
            select coalesce(column_name, ''), reason, count(*) from etl_reject
            where repository = ? and job_instance_id = ?
            group by column_name, reason order by count(*) desc limit\s""" + MAX_REASONS;

    private static final String WITH_REJECTS =
            "select distinct load_index, file_index from etl_reject where repository = ? and job_instance_id = ?";

    private static final String DELETE = "delete from etl_reject where repository = ? and job_instance_id = ?";

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

    /** Removes them, with which what was staged beside them is given up. */
    void discard() {
        jdbc.update(DELETE, run.repository(), run.instance());
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
        return new String[] {
            SpreadsheetCell.shown(row.getString("load_name")),
            SpreadsheetCell.shown(row.getString("file_name")),
            row.getString("origin_line_number"),
            row.getString("origin_record_number"),
            SpreadsheetCell.shown(Objects.toString(row.getString("column_name"), "")),
            SpreadsheetCell.shown(Objects.toString(row.getString("field_value"), "")),
            SpreadsheetCell.shown(row.getString("reason")),
            key(row),
            SpreadsheetCell.exact(row.getString("raw"))
        };
    }

    /** What tells the reject from all others of its run. */
    static String key(ResultSet row) throws SQLException {
        return "load%d-file%d-line%d"
                .formatted(row.getInt("load_index") + 1, row.getInt("file_index") + 1, row.getLong("line_number"));
    }

    /** Keeps the headers of the files that have rejects, so that these can be read again when the files are gone. */
    void keepHeaders(Target target, List<Load> loads) {
        List<Headers.Kept> headers = jdbc
                .query(
                        WITH_REJECTS,
                        (row, n) -> new int[] {row.getInt(1), row.getInt(2)},
                        run.repository(),
                        run.instance())
                .stream()
                .map(place -> kept(loads, place[0], place[1]))
                .toList();
        transaction.executeWithoutResult(status -> new Headers(target, run).put(headers));
    }

    private static Headers.Kept kept(List<Load> loads, int load, int file) {
        Header header = loads.stream()
                .filter(each -> each.index() == load)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no load " + load))
                .headers()
                .get(file);
        return new Headers.Kept(load, file, header.names(), header.size());
    }
}
