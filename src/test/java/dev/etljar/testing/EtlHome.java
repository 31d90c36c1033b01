package dev.etljar.testing;

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

/** A folder as a user has one: {@code config/jobs}, {@code data/input}, and what the application makes beside them. */
public record EtlHome(Path root) {

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

    /** Opens the database, beside a process that may have it open. */
    public Connection connect() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        return DriverManager.getConnection(
                "jdbc:h2:file:" + root.resolve("data/db/etl").toAbsolutePath() + ";AUTO_SERVER=TRUE;WRITE_DELAY=0",
                "sa",
                "");
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

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
