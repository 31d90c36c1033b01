package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.doctor.Doctor;
import dev.etljar.doctor.Finding;
import dev.etljar.run.RunOutcome;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What the doctor asks of servers: it finds what is planted in their settings and privileges, and is silent where nothing is. */
class DoctorIT {

    @TempDir
    Path folder;

    @Test
    void postgreSql() {
        // The servers of the other tests do not write to the disk.
        TestServer server = TestDatabase.ownPostgreSql(Map.of("fsync", "on"));
        try (EtlHome home = EtlHome.on(server, folder)) {
            runOnce(home);
            assertThat(examine()).isEmpty();

            String schema = home.address().schema();
            home.execute("create role visitor login password 'visitor'");
            home.execute("grant usage on schema " + schema + " to visitor");
            home.execute("grant select on all tables in schema " + schema + " to visitor");
            home.execute("grant insert, update, delete on etl_lease to visitor");
            home.execute("alter role visitor set default_transaction_isolation = 'serializable'");
            home.execute("alter role visitor set default_transaction_read_only = on");
            home.execute("alter role visitor set synchronous_commit = off");
            home.execute("alter role visitor set statement_timeout = '5min'");
            visit(home);

            assertThat(whats())
                    .contains(
                            "The isolation level is SERIALIZABLE: runs are tried again where transactions wait for each"
                                    + " other, and may use up their attempts",
                            "default_transaction_read_only is on: no run can write",
                            "synchronous_commit is off: a crash of the server may forget what was reported as published",
                            "statement_timeout is 5min: a rule or a publication that takes longer fails each time",
                            "The user lacks privileges on the schema of the job repository, in which the application makes"
                                    + " tables: create",
                            "The user lacks privileges on table 'numbers', which load 'numbers' publishes into: insert")
                    .anyMatch(what -> what.startsWith("The user lacks privileges on the tables of the job repository: ")
                            && what.contains("etl_reject (insert, update, delete)"))
                    .noneMatch(what -> what.contains("etl_lease"))
                    .noneMatch(what -> what.contains("fsync"));
            home.execute("drop owned by visitor");
            home.execute("drop role visitor");
        } finally {
            server.crash();
        }
        assertThat(whatsOfShared())
                .containsExactly(
                        "fsync is off: after a crash of the machine what was published may be lost or unreadable");
    }

    private List<String> whatsOfShared() {
        try (EtlHome home = EtlHome.on(TestDatabase.POSTGRESQL_NEWEST, folder)) {
            home.write("config/application.yml", "")
                    .configure(
                            "spring: { datasource: { url: \"" + home.address().url() + "\", username: \""
                                    + home.address().username() + "\", password: \""
                                    + home.address().password() + "\" } }\n");
            return whats();
        }
    }

    @Test
    void mariaDb() throws SQLException {
        TestServer server = TestDatabase.MARIADB_NEWEST.ownServer();
        try (EtlHome home = EtlHome.on(server, folder)) {
            runOnce(home);
            assertThat(examine()).isEmpty();
            assertThat(home.tables("etl_doctor%")).as("what asking leaves").isEmpty();

            withPrivileges(home);
            String schema = home.address().schema();
            home.execute("create user visitor@localhost identified by 'visitor'");
            home.execute("grant select, create on " + schema + ".* to visitor@localhost");
            home.execute("grant insert, update, delete on " + schema + ".etl_lease to visitor@localhost");
            home.execute("alter table etl_reject engine = MyISAM");
            home.execute("alter table numbers engine = Aria");
            home.execute(
                    "set global default_storage_engine = 'MyISAM', global local_infile = 0, global max_statement_time = 60,"
                            + " global innodb_flush_log_at_trx_commit = 2, global tx_isolation = 'READ-UNCOMMITTED',"
                            + " global max_allowed_packet = 1048576");
            visit(home);

            assertThat(whats())
                    .contains(
                            "The isolation level is READ UNCOMMITTED: what others roll back would be taken for real",
                            "What is written into these tables cannot be rolled back: etl_reject (MyISAM)",
                            "default_storage_engine is MyISAM: a table that is made by hand cannot be loaded into as it is",
                            "local_infile is off: rows go by inserts, which takes longer than LOAD DATA",
                            "max_allowed_packet is 1048576 bytes: a long record, which may have 1 MiB, ends the run",
                            "innodb_flush_log_at_trx_commit is 2: a crash may forget what was reported as published",
                            "max_statement_time is 60.000000 seconds: a rule or a publication that takes longer fails each"
                                    + " time",
                            "The user lacks privileges on the schema of the job repository, in which the application makes"
                                    + " tables: alter, drop, index, insert, update, delete",
                            "The user lacks privileges on table 'numbers', which load 'numbers' publishes into: insert")
                    .anyMatch(what -> what.startsWith("Load 'numbers': what is written into table 'numbers' cannot be"))
                    .anyMatch(what -> what.startsWith("The user lacks privileges on the tables of the job repository: ")
                            && what.contains("etl_reject (insert, update, delete)"))
                    .noneMatch(what -> what.contains("etl_lease"));
        } finally {
            server.crash();
        }
    }

    /** The tests' servers let everybody in, until they read their tables of users. */
    private static void withPrivileges(EtlHome home) throws SQLException {
        try (Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("flush privileges");
            statement.execute("create or replace user root@localhost identified by ''");
            statement.execute("grant all on *.* to root@localhost with grant option");
        }
    }

    private static void runOnce(EtlHome home) {
        home.job("numbers", Numbers.job(100)).write("data/input/numbers.csv", Numbers.file(10));
        assertThat(InProcessEtl.run(home, "numbers")).isInstanceOf(RunOutcome.Completed.class);
    }

    private static void visit(EtlHome home) {
        home.configure("---\nspring:\n  datasource: { username: visitor, password: visitor }\n");
    }

    private List<String> whats() {
        return examine().stream().map(Finding::what).toList();
    }

    private List<Finding> examine() {
        try (ConfigurableApplicationContext application = InProcessEtl.open(folder)) {
            return application.getBean(Doctor.class).examine(null);
        }
    }
}
