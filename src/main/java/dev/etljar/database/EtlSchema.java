package dev.etljar.database;

import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables of the job repository: Spring Batch's own, and beside them rejects and publications. */
public final class EtlSchema {

    private static final TableName FIRST = new TableName(null, "BATCH_JOB_INSTANCE");
    private static final TableName LAST = new TableName(null, "ETL_PUBLICATION");

    private EtlSchema() {}

    /** Whether all of it is there. */
    public static boolean exists(Database database, DataSource dataSource) {
        return new Tables(database, dataSource).exists(LAST);
    }

    /** Creates what is missing; a creation that was cut short is finished. */
    public static void create(Database database, DataSource dataSource) {
        Tables tables = new Tables(database, dataSource);
        if (tables.exists(LAST)) {
            return;
        }
        ResourceDatabasePopulator scripts =
                new ResourceDatabasePopulator(database.schema().toArray(Resource[]::new));
        scripts.setContinueOnError(tables.exists(FIRST));
        DatabasePopulatorUtils.execute(scripts, dataSource);
    }
}
