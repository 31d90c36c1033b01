package dev.etljar.process;

import com.opencsv.CSVWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code rejects.csv}: every rejected record with its file, line, column, value and reason, and the record itself. */
final class RejectFile {

    private static final String[] HEADER = {"load", "file", "line", "record", "column", "value", "reason", "raw"};

    private static final String SELECT = """
            select load_name, file_name, line_number, record_number, column_name, field_value, reason, raw
            from etl_reject where job_instance_id = ?
            order by load_index, file_index, line_number
            """;

    private static final int FETCH_SIZE = 500;

    private RejectFile() {}

    /** Writes the file anew from the database, where the rejects were stored with their chunks; none is written for none. */
    static void write(Path file, DataSource dataSource, long instanceId) throws IOException {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.setFetchSize(FETCH_SIZE);
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        long[] rows = {0};
        try (Writer text = Files.newBufferedWriter(unfinished);
                CSVWriter csv = new CSVWriter(text)) {
            csv.writeNext(HEADER);
            jdbc.query(
                    SELECT,
                    row -> {
                        csv.writeNext(values(row));
                        rows[0]++;
                    },
                    instanceId);
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
        String[] values = new String[HEADER.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getString(i + 1);
        }
        return values;
    }
}
