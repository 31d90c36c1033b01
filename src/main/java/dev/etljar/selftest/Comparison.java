package dev.etljar.selftest;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.selftest.Expected.Published;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Holds the round's table, publication rows and reject files, and the staging tables, against what must be there. */
final class Comparison implements AutoCloseable {

    private static final String PUBLICATIONS = """
            select job_instance_id, row_count, case when taken_back_at is null then 0 else 1 end
            from etl_publication where job_instance_id > ? order by id
            """;

    private final Home home;
    private final SingleConnectionDataSource dataSource;
    private final Tables tables;
    private final JdbcTemplate jdbc;

    Comparison(Home home) throws SQLException {
        this.home = home;
        Connection connection = home.connect();
        this.dataSource = new SingleConnectionDataSource(connection, true);
        this.tables = new Tables(Database.of(connection.getMetaData().getURL()), dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** A publication row, and the job instance that it is of. */
    private record Found(long instance, Published published) {}

    /** The last job instance of the round that has published, if one has. */
    Optional<Long> lastPublished() {
        return publications().stream().map(Found::instance).reduce((before, instance) -> instance);
    }

    /** All that must be there when a run has ended well. */
    Differences all(Mode mode, Expected expected) throws IOException {
        return table(mode, expected.rows())
                .plus(rejects(expected.rejectedLines()))
                .plus(new Differences(0, 0, 0, 0, 0, wrongPublications(expected.published()), stagingTables()));
    }

    /** What readers see, whatever is under way. */
    Differences table(Mode mode, Map<Long, Sample.Row> rows) {
        Map<Long, Sample.Row> missing = new TreeMap<>(rows);
        long[] found = new long[2];
        RowCallbackHandler compare = row -> {
            Sample.@Nullable Row sent = missing.remove(row.getLong(1));
            if (sent == null) {
                found[0]++;
            } else if (!same(sent, row)) {
                found[1]++;
            }
        };
        if (tables.exists(new TableName(null, mode.table()))) {
            jdbc.query("select id, text, amount from " + mode.table(), compare);
        }
        return new Differences(missing.size(), found[0], found[1], 0, 0, 0, 0);
    }

    private static boolean same(Sample.Row sent, ResultSet row) throws SQLException {
        @Nullable String text = row.getString(2);
        @Nullable BigDecimal amount = row.getBigDecimal(3);
        return sent.text().equals(text == null ? "" : text)
                && amount != null
                && new BigDecimal(sent.amount()).compareTo(amount) == 0;
    }

    private Differences rejects(List<Long> lines) throws IOException {
        List<Long> missing = new ArrayList<>(lines);
        long doubled = 0;
        for (Found found : publications()) {
            for (Long line : home.rejects(found.instance()).lines()) {
                if (!missing.remove(line)) {
                    doubled++;
                }
            }
        }
        return new Differences(0, 0, 0, missing.size(), doubled, 0, 0);
    }

    private long wrongPublications(List<Published> expected) {
        List<Published> found = publications().stream().map(Found::published).toList();
        List<Published> missing = new ArrayList<>(expected);
        long tooMany = found.stream().filter(each -> !missing.remove(each)).count();
        return Math.max(missing.size(), tooMany);
    }

    private List<Found> publications() {
        return jdbc.query(
                PUBLICATIONS,
                (row, n) -> new Found(row.getLong(1), new Published(row.getLong(2), row.getInt(3) == 1)),
                home.instanceBefore());
    }

    private long stagingTables() {
        return tables.names("etl_stage_").size();
    }

    @Override
    public void close() {
        dataSource.destroy();
    }
}
