package dev.etljar.repository;

import com.zaxxer.hikari.HikariDataSource;
import dev.etljar.database.Database;
import dev.etljar.database.OneWriter;
import dev.etljar.text.Secrets;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.Environment;

/**
 * Makes a pool of connections out of properties such as {@code spring.datasource.*}: those that Spring Boot knows, and what
 * the database needs so that a run can be continued.
 */
record DataSources(Environment environment, Duration lease) {

    static final String REPOSITORY = "spring.datasource";
    private static final String HIKARI = ".hikari";

    /** With what is bound to the pool itself. */
    static final class Settings extends DataSourceProperties {

        private Map<String, Object> hikari = Map.of();

        public Map<String, Object> getHikari() {
            return hikari;
        }

        public void setHikari(Map<String, Object> hikari) {
            this.hikari = hikari;
        }
    }

    /** @throws IllegalArgumentException where there is no URL, or the database is not supported */
    Database database(String prefix) {
        String url = environment.getProperty(prefix + ".url");
        if (url == null) {
            throw new IllegalArgumentException("There is no " + prefix + ".url in config/application.yml");
        }
        return Database.of(url);
    }

    /** @throws IllegalArgumentException where there is no URL, another property, or the database is not supported */
    DataSource open(String prefix) {
        if (environment.containsProperty(prefix)) {
            throw new IllegalArgumentException("'" + prefix + "' has no properties below it: write '" + prefix
                    + ".url' and the others, or remove it");
        }
        StrictBinder binder = new StrictBinder(Binder.get(environment));
        DataSourceProperties properties =
                binder.bind(prefix, Bindable.of(Settings.class)).orElseGet(Settings::new);
        Database database = database(prefix);
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        binder.bind(REPOSITORY + HIKARI, Bindable.ofInstance(pool));
        binder.bind(prefix + HIKARI, Bindable.ofInstance(pool));
        requireUrl(prefix, properties, pool);
        // What is said of a connection that is not to be had begins with it. Names of MBeans hold no colon.
        pool.setPoolName(pool.isRegisterMbeans() ? prefix : prefix + " (" + address(properties.determineUrl()) + ")");
        // The first connection, too, is made by the pool, so that a database that does not answer is waited for with a
        // limit.
        pool.setInitializationFailTimeout(-1);
        database.connectionProperties().forEach(pool::addDataSourceProperty);
        String settings = database.sessionSettings(lease);
        if (!settings.isEmpty()) {
            pool.setConnectionInitSql(settings);
        }
        return database.writerLock(properties.determineUrl())
                .<DataSource>map(lockFile -> new OneWriter(pool, lockFile))
                .orElse(pool);
    }

    /** Elsewhere the pool would connect to another database than the one that is written for here. */
    private static void requireUrl(String prefix, DataSourceProperties properties, HikariDataSource pool) {
        if (properties.getJndiName() != null
                || pool.getDataSourceClassName() != null
                || pool.getDataSourceJNDI() != null
                || !properties.determineUrl().equals(pool.getJdbcUrl())) {
            throw new IllegalArgumentException(
                    "The database is the one of '" + prefix + ".url' alone: remove 'jndi-name',"
                            + " 'hikari.jdbc-url', 'hikari.data-source-class-name' or 'hikari.data-source-j-n-d-i' there");
        }
    }

    /** The URL without what may hold a password, in which there may be a question mark, too. */
    static String address(String url) {
        return Secrets.masked(url).replaceFirst("[?;].*", "");
    }
}
