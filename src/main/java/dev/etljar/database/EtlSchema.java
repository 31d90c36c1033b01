package dev.etljar.database;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The tables that are kept between runs. In the job repository: Spring Batch's own, and beside them rejects,
 * checkpoints, publications, the lease, and the repository's token, which tells its rows and staging tables from those
 * of other repositories in a target that they share. In another target: this application's alone.
 */
public final class EtlSchema {

    private static final TableName FIRST = new TableName(null, "etl_reject");
    private static final TableName LAST = new TableName(null, "etl_repository");
    private static final TableName BATCH = new TableName(null, "BATCH_JOB_INSTANCE");

    /** A target has no tables of Spring Batch, until it becomes a repository too. */
    private static final List<TableName> IN_REPOSITORY = List.of(BATCH, LAST);

    private static final int TOKEN_LENGTH = 8;

    private EtlSchema() {}

    /** Whether all of it is there. */
    public static boolean exists(Database database, DataSource dataSource) {
        return allThere(new Tables(database, dataSource), IN_REPOSITORY);
    }

    /** Creates what is missing in the job repository; a creation that was cut short is finished. */
    public static void create(Database database, DataSource dataSource) {
        List<Resource> scripts = new ArrayList<>(database.batchSchema());
        scripts.add(database.etlSchema());
        create(database, dataSource, scripts, IN_REPOSITORY);
    }

    /** Creates what is missing in another target. */
    public static void createInTarget(Database database, DataSource dataSource) {
        create(database, dataSource, List.of(database.etlSchema()), List.of(LAST));
    }

    /** Whether another target has all of it. */
    public static boolean existsInTarget(Database database, DataSource dataSource) {
        return allThere(new Tables(database, dataSource), List.of(LAST));
    }

    /** The repository's token: eight hexadecimal digits, made at its first use. */
    public static String token(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        String select = "select token from etl_repository where id = 1";
        if (jdbc.queryForList(select, String.class).isEmpty()) {
            String token = UUID.randomUUID().toString().substring(0, TOKEN_LENGTH);
            try {
                jdbc.update("insert into etl_repository (id, token) values (1, ?)", token);
            } catch (DuplicateKeyException e) {
                // Another start was first; its token is the one.
            }
        }
        return jdbc.queryForList(select, String.class).get(0);
    }

    /**
     * Two starts may do this at once, and a kill may have cut it short: a statement whose table is there is passed over,
     * and what then is still missing is a real error, which a second, strict pass tells.
     */
    private static void create(
            Database database, DataSource dataSource, List<Resource> scripts, List<TableName> required) {
        Tables tables = new Tables(database, dataSource);
        if (allThere(tables, required)) {
            return;
        }
        boolean nothingThere = !tables.exists(FIRST);
        ResourceDatabasePopulator populator = new ResourceDatabasePopulator(scripts.toArray(Resource[]::new));
        populator.setContinueOnError(true);
        DatabasePopulatorUtils.execute(populator, dataSource);
        if (!allThere(tables, required)) {
            populator.setContinueOnError(!nothingThere);
            DatabasePopulatorUtils.execute(populator, dataSource);
        }
    }

    private static boolean allThere(Tables tables, List<TableName> required) {
        return required.stream().allMatch(tables::exists);
    }
}
