package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** H2, which comes with this application, and whose user is the owner of the file. */
final class H2Rules implements DatabaseRules {

    private static final String SETTING = "select SETTING_VALUE from INFORMATION_SCHEMA.SETTINGS where SETTING_NAME = ";

    @Override
    public List<Hazard> hazards() {
        return List.of(
                new Hazard(
                        Severity.ERROR,
                        "select 'on' where readonly()",
                        "The database can only be read",
                        "Let the user write to the file, and leave ACCESS_MODE_DATA out of the URL"),
                new Hazard(
                        Severity.ERROR,
                        SETTING + "'WRITE_DELAY' and SETTING_VALUE <> '0'",
                        "WRITE_DELAY is %s: a process that is killed may leave a commit in part",
                        "Put ;WRITE_DELAY=0 into the URL, as config/application.yml has it by default"),
                new Hazard(
                        Severity.ERROR,
                        SETTING + "'DATABASE_TO_UPPER' and SETTING_VALUE = 'false'",
                        "DATABASE_TO_UPPER is %s: tables are not found by the names that they have",
                        "Leave DATABASE_TO_UPPER, DATABASE_TO_LOWER and MODE out of the URL"));
    }

    @Override
    public Set<Integer> isolations() {
        return Set.of(Connection.TRANSACTION_READ_COMMITTED);
    }

    @Override
    public String tested() {
        return "H2 as it comes with this application";
    }

    @Override
    public boolean isTested(String product, int major, int minor) {
        return true;
    }

    @Override
    public List<String> lackingIn(@Nullable String schema, Database database, JdbcTemplate jdbc) {
        return List.of();
    }

    @Override
    public List<String> lackingOn(TableName table, List<String> wanted, Database database, JdbcTemplate jdbc) {
        return List.of();
    }
}
