package dev.etljar.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.database.ColumnType.Kind;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The fast way into a table against the ordinary one, on every database: what arrives is the same. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
record RowWriterIT(TestDatabase kind) {

    private static final List<String> COLUMNS = List.of("id", "v", "t", "b", "d", "f", "o", "a", "m", "s", "u");
    private static final String[] PIECES = {
        "a",
        "\\",
        "\t",
        "\n",
        "\r",
        "\\N",
        "\\0",
        "\\.",
        "'",
        "\"",
        ",",
        "(",
        ")",
        "{}",
        "NULL",
        "ä",
        "€",
        "😀",
        " ",
        "\b",
        "\u000b",
        "\f",
        "\u0001",
        "x".repeat(50)
    };
    private static final int ROWS = 2_000;
    private static final int FEW = 40;

    /**
     * @param columns the first so many: the last one's type decides how MariaDB is sent the others
     * @param size how many rows are written at a time: PostgreSQL takes few another way
     */
    @ParameterizedTest
    @CsvSource({"10, 2000", "11, 2000", "11, 40", "10, 1"})
    void everyValueArrivesAsByAPreparedInsert(int columns, int size, @TempDir Path folder) throws SQLException {
        long seed = new Random().nextLong();
        List<@Nullable Object[]> rows = rows(new Random(seed), columns);
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            Database database = Database.of(connection.getMetaData().getURL());
            create(connection, database, "fast", columns);
            create(connection, database, "plain", columns);

            RowWriter writer = writer(database, connection, columns, size);
            for (int i = 0; i < ROWS; i += size) {
                write(writer, connection, rows.subList(i, i + size));
            }
            write(new BatchWriter(database, TableName.of("plain"), COLUMNS.subList(0, columns)), connection, rows);

            String all = "select * from %s order by id";
            assertThat(home.rows(all.formatted("fast")))
                    .as("seed " + seed)
                    .hasSize(ROWS)
                    .isEqualTo(home.rows(all.formatted("plain")));
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 2000", "11, 2000", "11, 40"})
    void aValueThatDoesNotFitIsRefusedAndNothingOfTheBatchStays(int columns, int size, @TempDir Path folder)
            throws SQLException {
        List<@Nullable Object[]> rows = rows(new Random(1), columns).subList(0, size);
        rows.get(size / 2)[1] = "x".repeat(1_001);
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            Database database = Database.of(connection.getMetaData().getURL());
            create(connection, database, "fast", columns);
            connection.setAutoCommit(false);
            RowWriter writer = writer(database, connection, columns, size);
            var before = connection.setSavepoint();

            assertThatThrownBy(() -> write(writer, connection, rows))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(database.refusesRow(e))
                                    .as(e.toString())
                                    .isTrue());
            connection.rollback(before);
            write(writer, connection, rows.subList(0, size / 2));
            connection.commit();

            assertThat(home.value("select count(*) from fast")).isEqualTo(Integer.toString(size / 2));
        }
    }

    /** A table that is to take the target's place has all of its columns, in its order, and fills some itself. */
    @ParameterizedTest
    @ValueSource(ints = {FEW, ROWS})
    void columnsThatAreNotLoadedAreFilledByTheTable(int size, @TempDir Path folder) throws SQLException {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            Database database = Database.of(connection.getMetaData().getURL());
            home.execute("create table fast (x integer default 7, v varchar(9), y varchar(9), id integer)"
                    + database.tableOptions());
            RowWriter writer = database.rowWriter(
                    new SingleConnectionDataSource(connection, true), TableName.of("fast"), List.of("ID", "v"), size);
            writer.add(new @Nullable Object[] {1, "(\\\","});
            writer.add(new @Nullable Object[] {2, null});
            writer.write(connection);

            assertThat(home.rows("select x, v, y, id from fast order by id"))
                    .containsExactly("7|(\\\",|null|1", "7|null|null|2");
        }
    }

    private static RowWriter writer(Database database, Connection connection, int columns, int size) {
        return database.rowWriter(
                new SingleConnectionDataSource(connection, true),
                TableName.of("fast"),
                COLUMNS.subList(0, columns),
                size);
    }

    private static void write(RowWriter writer, Connection connection, List<@Nullable Object[]> rows)
            throws SQLException {
        rows.forEach(writer::add);
        writer.write(connection);
    }

    private static void create(Connection connection, Database database, String table, int count) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<ColumnType> types = List.of(
                new ColumnType(Kind.INTEGER, 0, 0),
                new ColumnType(Kind.VARCHAR, 1_000, 0),
                ColumnType.TEXT,
                new ColumnType(Kind.BIGINT, 0, 0),
                new ColumnType(Kind.DECIMAL, 20, 4),
                new ColumnType(Kind.DOUBLE, 0, 0),
                new ColumnType(Kind.BOOLEAN, 0, 0),
                new ColumnType(Kind.DATE, 0, 0),
                new ColumnType(Kind.TIME, 0, 0),
                new ColumnType(Kind.TIMESTAMP, 0, 0),
                new ColumnType(Kind.UUID, 0, 0));
        for (int i = 0; i < count; i++) {
            columns.add(database.quote(COLUMNS.get(i)) + " " + database.type(types.get(i)));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table " + table + " (" + String.join(", ", columns) + ")" + database.tableOptions());
        }
    }

    private static List<@Nullable Object[]> rows(Random random, int columns) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            @Nullable
            Object[] row = {
                i,
                text(random),
                text(random),
                random.nextInt(4) == 0 ? edge(random) : random.nextLong() >> random.nextInt(63),
                BigDecimal.valueOf(random.nextLong() >> (5 + random.nextInt(58)), 4),
                (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20),
                random.nextBoolean(),
                date(random),
                time(random),
                LocalDateTime.of(date(random), time(random)),
                UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) random.nextInt()})
            };
            if (random.nextInt(3) == 0) {
                row[1 + random.nextInt(COLUMNS.size() - 1)] = null;
            }
            rows.add(Arrays.copyOf(row, columns));
        }
        return rows;
    }

    private static long edge(Random random) {
        return random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static LocalDate date(Random random) {
        return LocalDate.of(1 + random.nextInt(9_999), 1, 1).plusDays(random.nextInt(360));
    }

    private static LocalTime time(Random random) {
        long microseconds = random.nextLong(86_400_000_000L);
        return LocalTime.ofNanoOfDay(
                (random.nextBoolean() ? microseconds : microseconds / 1_000_000 * 1_000_000) * 1_000);
    }
}
