package dev.etljar.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** H2, the embedded database: a file that the processes of one machine share. */
final class H2Database implements Database {

    /** Of a statement that inserts many rows; H2 takes 100,000. */
    private static final int PARAMETERS = 1_000;

    private static final Pattern FILE = Pattern.compile("jdbc:h2:(?:file:)?(?!(?:mem|tcp|ssl|zip):)([^;]+)(?:;.*)?");

    /** Error codes of {@code org.h2.api.ErrorCode}. */
    private static final Set<Integer> PASSING = Set.of(
            8_000, // ERROR_OPENING_DATABASE_1: another process opens it, too
            90_020, // DATABASE_ALREADY_OPEN_1: another process holds the file
            90_067, // CONNECTION_BROKEN_1: the process that held the file is gone
            90_098, // DATABASE_IS_CLOSED
            90_121, // DATABASE_CALLED_AT_SHUTDOWN
            90_028, // IO_EXCEPTION_1
            90_031, // IO_EXCEPTION_2
            50_200, // LOCK_TIMEOUT_1
            90_131); // CONCURRENT_UPDATE_1

    /** Each statement takes a snapshot of the table and a savepoint; so does it for many rows at once. */
    @Override
    public RowWriter rowWriter(DataSource dataSource, TableName table, List<String> columns, int rows) {
        return new BatchWriter(this, table, columns, Math.max(1, PARAMETERS / columns.size()));
    }

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public String fold(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name.toUpperCase(Locale.ROOT) : name;
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case VARCHAR -> "character varying(" + type.length() + ")";
            case TEXT -> "character varying";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric(" + type.length() + ", " + type.scale() + ")";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time(9)";
            case TIMESTAMP -> "timestamp(9)";
            case UUID -> "uuid";
        };
    }

    @Override
    public List<String> upsert(String target, String staging, List<String> columns, List<String> key) {
        String match =
                key.stream().map(c -> "t." + quote(c) + " = s." + quote(c)).collect(Collectors.joining(" and "));
        String update = columns.stream()
                .filter(c -> !key.contains(c))
                .map(c -> quote(c) + " = s." + quote(c))
                .collect(Collectors.joining(", "));
        String values = columns.stream().map(c -> "s." + quote(c)).collect(Collectors.joining(", "));
        String whenMatched = update.isEmpty() ? "" : " when matched then update set " + update;
        return List.of("merge into " + target + " t using " + staging + " s on " + match + whenMatched
                + " when not matched then insert (" + quoteAll(columns) + ") values (" + values + ")");
    }

    @Override
    public String asText(String column) {
        return "cast(" + column + " as character varying)";
    }

    @Override
    public boolean groupsInMemory() {
        return true;
    }

    /** Torn commits were seen with kills in several writers' commits; with one writer and {@code WRITE_DELAY=0} never. */
    @Override
    public boolean embedded() {
        return true;
    }

    /** And: a broken or closed file, which the next connection opens anew, a lock's timeout, a disk that is full. */
    @Override
    public boolean mayPass(SQLException error) {
        return Database.super.mayPass(error) || PASSING.contains(error.getErrorCode());
    }

    @Override
    public Optional<Path> file(String url) {
        return beside(url, ".mv.db");
    }

    @Override
    public Optional<Path> writerLock(String url) {
        return beside(url, ".writer.lock");
    }

    private static Optional<Path> beside(String url, String ending) {
        Matcher file = FILE.matcher(url);
        return file.matches()
                ? Optional.of(Path.of(file.group(1).replaceFirst("^~", System.getProperty("user.home")) + ending))
                : Optional.empty();
    }

    @Override
    public Map<String, String> connectionProperties() {
        return Map.of();
    }

    @Override
    public String sessionSettings(Duration patience) {
        return "";
    }

    @Override
    public List<Resource> batchSchema() {
        return List.of(new ClassPathResource("org/springframework/batch/core/schema-h2.sql"));
    }

    @Override
    public Resource etlSchema() {
        return new ClassPathResource("dev/etljar/database/schema-h2.sql");
    }

    @Override
    public String urlOfSchema(String url, String schema) {
        return url + ";SCHEMA=" + quote(schema);
    }
}
