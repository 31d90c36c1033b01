package dev.etljar.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The statement that stores a small chunk's rows and its checkpoint, and the step's version that fences both. */
@ParameterizedClass
@EnumSource(
        value = TestDatabase.class,
        names = {"POSTGRESQL_OLDEST", "POSTGRESQL_NEWEST"})
record StoreChunkIT(TestDatabase kind) {

    private static final String UPDATED = "2026-11-26 01:02:03.456789";
    private static final long MICROSECONDS = 1_795_654_923_456_789L;

    @ParameterizedTest
    @CsvSource({"3, 2, context, 4", "2, 0, before, 3", "4, 0, before, 3"})
    void rowsAndCheckpointAreStoredForTheStepOfThisVersionAlone(
            int version, int rows, String context, int versionAfter, @TempDir Path folder) throws SQLException {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            Database database = Database.of(connection.getMetaData().getURL());
            prepare(home, connection, database);

            assertThat(isStored(connection, database, version)).isEqualTo(rows > 0);

            assertThat(home.value("select count(*) from staged")).isEqualTo(Integer.toString(rows));
            assertThat(home.value("select short_context from BATCH_STEP_EXECUTION_CONTEXT"))
                    .isEqualTo(context);
            assertThat(home.value("select version from BATCH_STEP_EXECUTION"))
                    .isEqualTo(Integer.toString(versionAfter));
            assertThat(home.value("select coalesce(cast(last_updated as text), 'never') from BATCH_STEP_EXECUTION"))
                    .isEqualTo(rows > 0 ? UPDATED : "never");
        }
    }

    /** By the version that the row has when it is free, not by the one that the statement saw when it began. */
    @Test
    void aVersionThatChangesWhileItsRowIsWaitedForIsAnother(@TempDir Path folder) throws Exception {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect();
                Connection other = home.connect();
                Statement takeover = other.createStatement()) {
            Database database = Database.of(connection.getMetaData().getURL());
            prepare(home, connection, database);
            other.setAutoCommit(false);
            takeover.execute("update BATCH_STEP_EXECUTION set version = version + 1");

            CompletableFuture<Boolean> stored = CompletableFuture.supplyAsync(() -> isStored(connection, database, 3));
            int waiting = connection.unwrap(PGConnection.class).getBackendPID();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> home.value("select count(*) from pg_locks where not granted and pid = " + waiting)
                            .equals("1"));
            other.commit();

            assertThat(stored.get()).isFalse();
            assertThat(home.value("select count(*) from staged")).isEqualTo("0");
            assertThat(home.value("select short_context from BATCH_STEP_EXECUTION_CONTEXT"))
                    .isEqualTo("before");
            assertThat(home.value("select version from BATCH_STEP_EXECUTION")).isEqualTo("4");
        }
    }

    /** It would be committed with the statement, whatever the step's version. */
    @Test
    void whatWasExecutedBeforeIsSeen(@TempDir Path folder) throws SQLException {
        try (EtlHome home = EtlHome.on(kind, folder);
                Connection connection = home.connect()) {
            Database database = Database.of(connection.getMetaData().getURL());
            connection.setAutoCommit(false);
            assertThat(database.hasBegun(connection)).isFalse();

            connection.createStatement().execute("select 1");
            assertThat(database.hasBegun(connection)).isTrue();

            connection.rollback();
            assertThat(database.hasBegun(connection)).isFalse();
        }
    }

    private static boolean isStored(Connection connection, Database database, int version) {
        RowLiterals literals = new RowLiterals(List.of(0));
        literals.append(new @Nullable Object[] {1});
        literals.append(new @Nullable Object[] {2});
        String statement = database.storeChunkWith("insert into staged select * from unnest(cast(? as staged[]))");
        try (PreparedStatement store = connection.prepareStatement(statement)) {
            set(store, version, literals.literal());
            try (ResultSet row = store.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static void prepare(EtlHome home, Connection connection, Database database) {
        new ResourceDatabasePopulator(database.batchSchema().toArray(Resource[]::new)).populate(connection);
        home.execute("insert into BATCH_JOB_INSTANCE values (1, 0, 'job', 'key')");
        home.execute("insert into BATCH_JOB_EXECUTION (job_execution_id, job_instance_id, create_time, status)"
                + " values (1, 1, current_timestamp, 'STARTED')");
        home.execute("insert into BATCH_STEP_EXECUTION"
                + " (step_execution_id, version, step_name, job_execution_id, create_time)"
                + " values (5, 3, 'PROCESS:0', 1, current_timestamp)");
        home.execute("insert into BATCH_STEP_EXECUTION_CONTEXT values (5, 'before', null)");
        home.execute("create table staged (id integer)");
    }

    private static void set(PreparedStatement store, int version, String rows) throws SQLException {
        for (int count = 1; count <= 6; count++) {
            store.setLong(count, count);
        }
        store.setLong(7, MICROSECONDS);
        store.setLong(8, 5);
        store.setInt(9, version);
        store.setString(10, "context");
        store.setString(11, null);
        store.setLong(12, 5);
        store.setString(13, rows);
    }
}
