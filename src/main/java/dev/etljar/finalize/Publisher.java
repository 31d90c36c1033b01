package dev.etljar.finalize;

import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.run.Publication;
import dev.etljar.run.Publication.PublishedTable;
import dev.etljar.run.Publications;
import dev.etljar.run.StagedTable;
import dev.etljar.run.StagedTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one transaction in which staged rows become visible: all loads, and the publication rows with them. */
record Publisher(
        FinalizeDefinition definition,
        Database database,
        DataSource dataSource,
        PlatformTransactionManager transactions,
        Publications publications) {

    Publication publish(
            String job, long instanceId, String fingerprint, StagedTables staged, Map<String, List<String>> keys) {
        Publication publication = new TransactionTemplate(transactions).execute(status -> {
            List<PublishedTable> published = new ArrayList<>();
            for (StagedTable table : staged.tables()) {
                published.add(publish(table, keys.getOrDefault(table.table(), List.of())));
            }
            Publication done = new Publication(Instant.now(), published);
            publications.add(job, instanceId, fingerprint, done);
            return done;
        });
        return Objects.requireNonNull(publication, "the transaction gave nothing back");
    }

    private PublishedTable publish(StagedTable table, List<String> key) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        for (String statement : statements(table, key)) {
            jdbc.update(statement);
        }
        String mode = definition.publish().name().toLowerCase(Locale.ROOT);
        return new PublishedTable(table.load(), table.table(), mode, table.loaded());
    }

    private List<String> statements(StagedTable table, List<String> key) {
        String target = database.quote(TableName.of(table.table()));
        String staging = database.quote(table.staging());
        String columns = database.quoteAll(table.columnNames());
        String insert = "insert into " + target + " (" + columns + ") select " + columns + " from " + staging;
        return switch (definition.publish()) {
            case APPEND -> List.of(insert);
            // Not truncate: it is not undone by a rollback everywhere, and hides the old rows from readers.
            case REPLACE -> List.of("delete from " + target, insert);
            case UPSERT -> database.upsert(target, staging, table.columnNames(), key);
        };
    }
}
