package dev.etljar.repository;

import com.zaxxer.hikari.HikariDataSource;
import dev.etljar.database.OneWriter;
import dev.etljar.database.Target;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The databases that jobs load into: the job repository's own, and those of {@code etl.targets} by name. */
public final class Targets implements AutoCloseable {

    private static final String PREFIX = "etl.targets";

    private final Target repository;
    private final DataSources dataSources;
    private final Map<String, Target> open = new ConcurrentHashMap<>();

    Targets(Target repository, DataSources dataSources) {
        this.repository = repository;
        this.dataSources = dataSources;
    }

    /** The job repository's own database. */
    public Target repository() {
        return repository;
    }

    /**
     * The target of this name; for null the repository's own.
     *
     * @throws IllegalArgumentException where there is none, or its database is not supported
     */
    public Target get(@Nullable String name) {
        return name == null ? repository : open.computeIfAbsent(name, this::open);
    }

    private Target open(String name) {
        Set<String> names = names();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("There is no target '" + name + "'; config/application.yml has "
                    + (names.isEmpty() ? "no " + PREFIX : PREFIX + "." + String.join(", " + PREFIX + ".", names)));
        }
        String prefix = PREFIX + "." + name;
        DataSource dataSource = dataSources.open(prefix);
        return new Target(name, dataSource, dataSources.database(prefix), new JdbcTransactionManager(dataSource));
    }

    private Set<String> names() {
        return new TreeSet<>(Binder.get(dataSources.environment())
                .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .orElseGet(TreeMap::new)
                .keySet());
    }

    @Override
    public void close() {
        for (Target target : open.values()) {
            if (target.dataSource() instanceof OneWriter oneWriter) {
                oneWriter.close();
            } else if (target.dataSource() instanceof HikariDataSource pool) {
                pool.close();
            }
        }
    }
}
