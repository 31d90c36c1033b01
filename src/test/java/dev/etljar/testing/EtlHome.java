package dev.etljar.testing;

import dev.etljar.database.OwnSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder as a user has one: {@code config/jobs}, {@code data/input}, and what the application makes beside them. Its
 * database is the embedded one, or a schema of its own on a server.
 */
public final class EtlHome implements AutoCloseable {

    private final Path root;
    private final @Nullable OwnSchema schema;

    /** A home with the embedded database. */
    public EtlHome(Path root) {
        this.root = root;
        this.schema = null;
    }

    private EtlHome(Path root, OwnSchema schema) {
        this.root = root;
        this.schema = schema;
    }

    /** A home whose repository and targets are on this database. */
    public static EtlHome on(TestDatabase database, Path root) {
        if (database == TestDatabase.H2) {
            return new EtlHome(root);
        }
        return on(database.server(), root);
    }

    /** A home whose repository and targets are on this server. */
    public static EtlHome on(TestServer server, Path root) {
        OwnSchema schema = TestDatabase.newSchema(server);
        return new EtlHome(root, schema).configure("spring:\n  datasource:\n" + address(schema, "    "));
    }

    /** A home whose repository is embedded, and which has a target {@code warehouse} on this database. */
    public static EtlHome withTargetOn(TestDatabase database, Path root) {
        OwnSchema schema = database.newSchema();
        return new EtlHome(root, schema).configure("etl:\n  targets:\n    warehouse:\n" + address(schema, "      "));
    }

    private static String address(OwnSchema schema, String indent) {
        return indent + "url: \"" + schema.url() + "\"\n" + indent + "username: \"" + schema.username() + "\"\n"
                + indent + "password: \"" + schema.password() + "\"\n";
    }

    /** Adds lines to {@code config/application.yml}. */
    public EtlHome configure(String yaml) {
        String file = "config/application.yml";
        return write(file, (exists(file) ? read(file) : "") + yaml);
    }

    public Path root() {
        return root;
    }

    @Override
    public void close() {
        if (schema != null) {
            try {
                schema.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Writes {@code config/jobs/NAME.yml}. */
    public EtlHome job(String name, String yaml) {
        return write("config/jobs/" + name + ".yml", yaml);
    }

    /** Writes a file below the home, as UTF-8. */
    public EtlHome write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public EtlHome write(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** Opens the database that is loaded into, beside a process that may have it open. */
    public Connection connect() throws SQLException {
        if (schema != null) {
            return schema.connect();
        }
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Connection embedded = DriverManager.getConnection(
                "jdbc:h2:file:" + root.resolve("data/db/etl").toAbsolutePath() + ";AUTO_SERVER=TRUE;WRITE_DELAY=0",
                "sa",
                "");
        TestDatabase.tell(embedded);
        return embedded;
    }

    /** The rows of a query, each as its values joined by {@code |}. */
    public List<String> rows(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                all.add(String.join("|", values));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The only value of a query. */
    public String value(String query) {
        return rows(query).get(0);
    }

    /** Rows in the staging tables. */
    public long staged() {
        return tables("etl_stage%").stream()
                .mapToLong(table -> Long.parseLong(value("select count(*) from " + table)))
                .sum();
    }

    /** The tables whose names are like this, in lower case. */
    public List<String> tables(String pattern) {
        return rows("select lower(table_name) from information_schema.tables where lower(table_name) like '" + pattern
                + "' and table_schema = " + (schema == null ? "'PUBLIC'" : "'" + schema.name() + "'"));
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
