package dev.etljar.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A schema of its own (on MariaDB: a database) on a server that is there, for what must not touch anything else. It is
 * dropped, with all that is in it, when this is closed.
 */
public final class OwnSchema implements AutoCloseable {

    private final Database database;
    private final String serverUrl;
    private final String name;
    private final String username;
    private final String password;

    private OwnSchema(Database database, String serverUrl, String name, String username, String password) {
        this.database = database;
        this.serverUrl = serverUrl;
        this.name = name;
        this.username = username;
        this.password = password;
    }

    /**
     * Makes the schema.
     *
     * @throws IllegalArgumentException where the URL's database is not supported
     */
    public static OwnSchema create(String url, String username, String password, String name) throws SQLException {
        OwnSchema schema = new OwnSchema(Database.of(url), url, name, username, password);
        schema.execute(schema.database.createSchema(name));
        return schema;
    }

    /** The URL of connections that have this schema as their own. */
    public String url() {
        return database.urlOfSchema(serverUrl, name);
    }

    public String name() {
        return name;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /** A connection to the schema. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), username, password);
    }

    @Override
    public void close() throws SQLException {
        execute(database.dropSchema(name));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(serverUrl, username, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
