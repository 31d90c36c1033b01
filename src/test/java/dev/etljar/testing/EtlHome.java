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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder as a user has one: {@code config/jobs}, {@code data/input}, and what the application makes beside them. Its
 * database is the embedded one, or a schema of its own on a server.
 */
public final class EtlHome implements AutoCloseable {

    private final Path root;
    private final Address address;
    private final List<OwnSchema> own;
    private final @Nullable EtlHome repository;

    /** A database, as the tests and the configuration reach it. */
    public record Address(String url, String username, String password, String schema) {

        static Address of(OwnSchema schema) {
            return new Address(schema.url(), schema.username(), schema.password(), schema.name());
        }

        static Address embedded(Path file) {
            return new Address(
                    "jdbc:h2:file:" + file.toAbsolutePath() + ";AUTO_SERVER=TRUE;WRITE_DELAY=0", "sa", "", "PUBLIC");
        }

        String yaml(String indent) {
            return indent + "url: \"" + url + "\"\n" + indent + "username: \"" + username + "\"\n" + indent
                    + "password: \"" + password + "\"\n";
        }
    }

    /** A home with the embedded database. */
    public EtlHome(Path root) {
        this(root, Address.embedded(root.resolve("data/db/etl")), List.of(), null);
    }

    private EtlHome(Path root, Address address, List<OwnSchema> own, @Nullable EtlHome repository) {
        this.root = root;
        this.address = address;
        this.own = own;
        this.repository = repository;
    }

    /** A home whose database is in this JVM's memory, where no interrupt closes a file. */
    public static EtlHome inMemory(Path root) {
        Address address = new Address("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "", "PUBLIC");
        return new EtlHome(root, address, List.of(), null).configure("spring:\n  datasource:\n" + address.yaml("    "));
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
        Address address = Address.of(schema);
        return new EtlHome(root, address, List.of(schema), null)
                .configure("spring:\n  datasource:\n" + address.yaml("    "));
    }

    /** A home whose repository is embedded, and which has a target {@code warehouse} on this database. */
    public static EtlHome withTargetOn(TestDatabase database, Path root) {
        return withTargetOn(TestDatabase.H2, database, root);
    }

    /** A home with its repository on one database, and a target {@code warehouse} on another. */
    public static EtlHome withTargetOn(TestDatabase repository, TestDatabase target, Path root) {
        EtlHome repositoryHome = on(repository, root);
        if (target == TestDatabase.H2) {
            return new EtlHome(root, Address.embedded(root.resolve("data/db/warehouse")), List.of(), repositoryHome)
                    .configureTarget("");
        }
        OwnSchema schema = target.newSchema();
        return new EtlHome(root, Address.of(schema), List.of(schema), repositoryHome).configureTarget("");
    }

    /** Another home with a repository of its own, embedded, which has this one's target. */
    public EtlHome sibling(Path otherRoot) {
        return new EtlHome(otherRoot, address, List.of(), new EtlHome(otherRoot)).configureTarget("");
    }

    /** Writes the target's address with more properties of its data source; it takes the place of what was there. */
    public EtlHome configureTarget(String more) {
        return configure("---\netl:\n  targets:\n    warehouse:\n" + address.yaml("      ") + more);
    }

    /** The view of this home that asks the repository's database, where the target is another one. */
    public EtlHome repository() {
        return repository == null ? this : repository;
    }

    /** Adds lines to {@code config/application.yml}. */
    public EtlHome configure(String yaml) {
        String file = "config/application.yml";
        return write(file, (exists(file) ? read(file) : "") + yaml);
    }

    public Path root() {
        return root;
    }

    /** The database that is loaded into. */
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        for (OwnSchema schema : own) {
            try {
                schema.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        if (repository != null) {
            repository.close();
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

    /** Whether the first run of the job {@code numbers} is in this phase. */
    public boolean isAt(String phase) {
        String progress = "data/work/numbers/1/progress.json";
        return exists(progress) && read(progress).contains("\"state\" : \"" + phase + "\"");
    }

    /** Opens the database that is loaded into, beside a process that may have it open. */
    public Connection connect() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Connection connection = DriverManager.getConnection(address.url(), address.username(), address.password());
        TestDatabase.tell(connection);
        return connection;
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

    /** Every value of every text column of every table. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String column :
                rows("select table_name, column_name from information_schema.columns where table_schema = '"
                        + address.schema()
                        + "' and (data_type like '%CHAR%' or data_type like '%char%' or data_type like '%text%')")) {
            String[] names = column.split("\\|", 2);
            String quote = address.url().startsWith("jdbc:mariadb:") ? "`" : "\"";
            texts.addAll(rows("select " + quote + names[1] + quote + " from " + quote + names[0] + quote));
        }
        return texts;
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
                + "' and table_schema = '" + address.schema() + "'");
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
