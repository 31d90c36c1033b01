package dev.etljar.testing;

import dev.etljar.database.OwnSchema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The databases that the tests run on. H2 is embedded; the servers are those whose binaries Maven unpacked below
 * {@code target/databases}, started at their first use and ended with this JVM. A server that is there is used instead of
 * the newest one where {@code ETL_TEST_POSTGRESQL_URL} or {@code ETL_TEST_MARIADB_URL} names it, with {@code …_USERNAME}
 * and {@code …_PASSWORD}. A server that cannot be started fails its tests: nothing is skipped.
 */
public enum TestDatabase {
    H2,
    POSTGRESQL_OLDEST,
    POSTGRESQL_NEWEST,
    MARIADB_OLDEST,
    MARIADB_NEWEST;

    private static final Map<TestDatabase, TestServer> SERVERS = new LinkedHashMap<>();
    private static final Set<String> UNDER_TEST = new ConcurrentSkipListSet<>();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** A new schema on the server. */
    public OwnSchema newSchema() {
        return newSchema(server());
    }

    static OwnSchema newSchema(TestServer server) {
        try {
            String name = "etl_test_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
            return OwnSchema.create(server.url(), server.username(), server.password(), name);
        } catch (SQLException e) {
            throw new IllegalStateException(server.url() + " cannot be used", e);
        }
    }

    /** The server, started if need be. */
    public TestServer server() {
        synchronized (SERVERS) {
            return SERVERS.computeIfAbsent(this, TestDatabase::start);
        }
    }

    /** Notes that this database is under test. */
    static void tell(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        UNDER_TEST.add(database.getDatabaseProductName() + " " + database.getDatabaseProductVersion());
    }

    /** The databases that tests have been connected to, with their versions. */
    static Set<String> underTest() {
        return UNDER_TEST;
    }

    /** Another server of this kind that nobody else uses, so that it may be ended; this JVM ends it at the latest. */
    public TestServer ownServer() {
        return switch (this) {
            case H2 -> throw new IllegalArgumentException("H2 is embedded");
            case POSTGRESQL_OLDEST -> PostgreSqlServer.start("postgresql-oldest");
            case POSTGRESQL_NEWEST -> PostgreSqlServer.start("postgresql-newest");
            case MARIADB_OLDEST -> MariaDbServer.start("mariadb-oldest");
            case MARIADB_NEWEST -> MariaDbServer.start("mariadb-newest");
        };
    }

    /** The newest PostgreSQL with these settings, which nobody else uses; this JVM ends it at the latest. */
    public static TestServer ownPostgreSql(Map<String, String> settings) {
        return PostgreSqlServer.start("postgresql-newest", settings);
    }

    private static TestServer start(TestDatabase database) {
        TestServer server = switch (database) {
            case POSTGRESQL_NEWEST -> TestServer.named("ETL_TEST_POSTGRESQL").orElseGet(database::ownServer);
            case MARIADB_NEWEST -> TestServer.named("ETL_TEST_MARIADB").orElseGet(database::ownServer);
            default -> database.ownServer();
        };
        try (Connection connection = DriverManager.getConnection(server.url(), server.username(), server.password())) {
            tell(connection);
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException(database + " does not answer", e);
        }
    }
}
