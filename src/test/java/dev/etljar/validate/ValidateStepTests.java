package dev.etljar.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.database.Column;
import dev.etljar.database.ColumnType;
import dev.etljar.database.Database;
import dev.etljar.database.Target;
import dev.etljar.run.Phase;
import dev.etljar.run.RuleResult;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.run.RunListener;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import dev.etljar.run.StopSignal;
import dev.etljar.run.Verdict;
import dev.etljar.run.Workspace;
import dev.etljar.text.Placeholders;
import dev.etljar.validate.RuleDefinition.AcceptedValues;
import dev.etljar.validate.RuleDefinition.NotNull;
import dev.etljar.validate.RuleDefinition.Range;
import dev.etljar.validate.RuleDefinition.Relationship;
import dev.etljar.validate.RuleDefinition.RowCount;
import dev.etljar.validate.RuleDefinition.Severity;
import dev.etljar.validate.RuleDefinition.Sql;
import dev.etljar.validate.RuleDefinition.Unique;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Every rule on rows that keep it and rows that break it. */
class ValidateStepTests {

    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final List<String> noted = new ArrayList<>();
    private final StagedTables staged = new StagedTables(List.of(new StagedTable(
            "strikes", "strikes", "etl_stage_1_1", List.of(new Column("id", ColumnType.TEXT, false)), 7, 5, 1, 1)));

    @BeforeEach
    void stage() {
        jdbc.execute("create table etl_stage_1_1 (id integer, size varchar(10), speed integer, airport varchar(10),"
                + " _etl_file integer, _etl_line bigint)");
        jdbc.execute("insert into etl_stage_1_1 values (1, 'Small', 10, 'A', 0, 2), (2, 'Large', 700, 'B', 0, 3),"
                + " (2, 'Huge', -1, 'C', 0, 5), (null, null, null, null, 0, 6), (3, 'Small', 20, 'A', 0, 7)");
        jdbc.execute("create table airports (code varchar(10))");
        jdbc.execute("insert into airports values ('A'), ('B'), (null)");
    }

    private RuleResult judge(RuleDefinition rule) {
        return run(rule).results().get(1);
    }

    private Verdict run(RuleDefinition... rules) {
        Path home = Path.of(".");
        RunContext context = new RunContext(
                "job",
                new RunId("0a1b2c3d", 1),
                home,
                new Workspace(home),
                new Placeholders(Map.of(), Map.of(), Path.of(".")),
                new StopSignal(),
                new RunListener() {
                    @Override
                    public void noted(Phase phase, String message) {
                        noted.add(phase + ": " + message);
                    }
                });
        Target target =
                new Target(null, dataSource, Database.of("jdbc:h2:mem:"), new DataSourceTransactionManager(dataSource));
        return new ValidateStep(List.of(rules), context, target, false).run(staged);
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number);
    }

    @Test
    void everyRecordIsAccountedFor() {
        assertThat(run().results()).singleElement().satisfies(result -> {
            assertThat(result.passed()).isTrue();
            assertThat(result.message()).isEqualTo("7 records = 5 loaded + 1 rejected + 1 filtered; 5 rows staged");
        });
        jdbc.update("delete from etl_stage_1_1 where id = 3");
        assertThat(run().refusal()).get().asString().contains("4 rows staged");
    }

    @Test
    void rowCountHasBounds() {
        assertThat(judge(new RowCount("strikes", 5L, 5L, Severity.ERROR)).passed())
                .isTrue();
        assertThat(judge(new RowCount("strikes", 6L, null, Severity.ERROR)).passed())
                .isFalse();
        assertThat(judge(new RowCount("strikes", null, 4L, Severity.ERROR)).message())
                .isEqualTo("5 rows");
    }

    @Test
    void notNullFindsNullInAnyColumn() {
        RuleResult result = judge(new NotNull("strikes", List.of("id", "size"), Severity.ERROR));
        assertThat(result.violations()).isEqualTo(1);
        assertThat(result.examples()).containsExactly(Map.of("LINE", "6", "ID", "null", "SIZE", "null"));
        assertThat(judge(new NotNull("strikes", List.of("_etl_line"), Severity.ERROR))
                        .passed())
                .isTrue();
    }

    @Test
    void uniqueCountsRowsThatShareTheirValuesAndLeavesNullsAlone() {
        RuleResult result = judge(new Unique("strikes", List.of("id"), Severity.ERROR));
        assertThat(result.violations()).isEqualTo(2);
        assertThat(result.examples()).containsExactly(Map.of("ID", "2", "ROWS", "2"));
        assertThat(judge(new Unique("strikes", List.of("id", "size"), Severity.ERROR))
                        .passed())
                .isTrue();
    }

    @Test
    void acceptedValuesAreBound() {
        RuleResult result =
                judge(new AcceptedValues("strikes", "size", List.of("Small", "Large", "') or 1=1 --"), Severity.ERROR));
        assertThat(result.violations()).isEqualTo(1);
        assertThat(judge(new AcceptedValues("strikes", "id", List.of("1", "2", "3"), Severity.ERROR))
                        .passed())
                .as("numbers by their text")
                .isTrue();
    }

    @Test
    void rangeIsInclusive() {
        assertThat(judge(new Range("strikes", "speed", number("-1"), number("700"), Severity.ERROR))
                        .passed())
                .isTrue();
        assertThat(judge(new Range("strikes", "speed", number("0"), number("699.5"), Severity.ERROR))
                        .violations())
                .isEqualTo(2);
    }

    @Test
    void relationshipLooksIntoTheOtherTable() {
        RuleResult result = judge(new Relationship("strikes", "airport", "airports(code)", Severity.ERROR));
        assertThat(result.violations()).isEqualTo(1);
        assertThat(result.examples()).singleElement().asString().contains("AIRPORT=C");
        assertThat(judge(new Relationship("strikes", "id", "strikes(id)", Severity.ERROR))
                        .passed())
                .as("a table that this job stages")
                .isTrue();
        assertThat(judge(new Relationship("strikes", "id", "nowhere(id)", Severity.ERROR))
                        .message())
                .isEqualTo("cannot be evaluated: there is no table 'nowhere'");
    }

    @Test
    void sqlIsAskedOfTheStagedRows() {
        assertThat(judge(new Sql("select count(*) from ${table:strikes} where speed < 0", 1, Severity.ERROR))
                        .passed())
                .isTrue();
        assertThat(judge(new Sql("select count(*) from ${table:strikes}", 0, Severity.ERROR))
                        .message())
                .isEqualTo("expected 0, actual 5");
        assertThat(judge(new Sql("select nonsense", 0, Severity.ERROR)).message())
                .startsWith("cannot be evaluated: ");
    }

    @Test
    void warningRefusesNothingAndEveryRuleIsAsked() {
        Verdict verdict = run(
                new RowCount("strikes", 6L, null, Severity.WARN),
                new RowCount("strikes", 7L, null, Severity.ERROR),
                new NotNull("strikes", List.of("id"), Severity.ERROR));
        assertThat(verdict.results()).hasSize(4);
        assertThat(verdict.refusal())
                .get()
                .asString()
                .contains("at least 7", "not-null")
                .doesNotContain("at least 6");
        assertThat(noted)
                .containsExactly(
                        "VALIDATE: warning: " + verdict.results().get(1).rule() + ": 5 rows; see the report");
    }

    /** Called by the database. */
    public static final class Deadlock {

        /** What another transaction may do to a rule's query. */
        public static int fail() throws SQLException {
            throw new SQLException("deadlock", "40001");
        }
    }

    @Test
    void aFailureThatMayPassIsNoVerdict() {
        jdbc.execute("create alias fail for '" + Deadlock.class.getName() + ".fail'");

        assertThatThrownBy(() -> run(new Sql("select fail()", 0, Severity.WARN)))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("deadlock");
    }
}
