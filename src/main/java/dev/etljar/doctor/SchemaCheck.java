package dev.etljar.doctor;

import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Tables.ExistingColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The application's own tables: all of them in one schema, and as this version makes them. Where there is none yet, or their
 * making was cut short, the next start makes them.
 */
record SchemaCheck(Site site, ExpectedSchema expected) implements Check {

    /** A start makes missing tables only where the first of these is missing, or the second one. */
    private static final Set<String> LOOKED_FOR = Set.of("batch_job_instance", "etl_repository");

    private static final String ELSEWHERE = """
            select table_schema, lower(table_name) from information_schema.tables
            where lower(table_name) like 'batch!_%' escape '!' or lower(table_name) like 'etl!_%' escape '!'
            """;

    private static final List<String> ALL = List.of("select", "insert", "update", "delete");

    @Override
    public List<Finding> find() {
        Map<String, List<String>> there = there();
        List<String> missing = expected.tables().keySet().stream()
                .filter(table -> !there.containsKey(table))
                .toList();
        if (there.isEmpty()) {
            return List.of();
        }
        if (!missing.isEmpty()) {
            return incomplete(there, missing).map(List::of).orElse(List.of());
        }
        List<Finding> findings = new ArrayList<>();
        otherVersion(there).ifPresent(findings::add);
        lacking(there.keySet()).ifPresent(findings::add);
        return findings;
    }

    /** Whether all of it is there, so that it can be asked. */
    boolean isComplete() {
        return there().keySet().containsAll(expected.tables().keySet());
    }

    private Map<String, List<String>> there() {
        Tables tables = site.tables();
        Map<String, List<String>> there = new LinkedHashMap<>();
        for (String table : expected.tables().keySet()) {
            List<ExistingColumn> columns = tables.columns(new TableName(null, table));
            if (!columns.isEmpty()) {
                there.put(table, columns.stream().map(ExistingColumn::name).toList());
            }
        }
        return there;
    }

    private Optional<Finding> incomplete(Map<String, List<String>> there, List<String> missing) {
        Optional<String> elsewhere = schemaOf(missing, there.keySet());
        if (elsewhere.isPresent()) {
            return Optional.of(Finding.error(
                    "The tables of " + site + " are split: " + listed(missing) + " are in schema '" + elsewhere.get()
                            + "', the others are not",
                    site.where(),
                    "Move all of them into one schema, the one that the URL names, before the next start: it would make"
                            + " the missing ones anew, and not know what runs have done"));
        }
        if (!isUsed(there.keySet()) && missing.stream().anyMatch(SchemaCheck::isLookedFor)) {
            return Optional.empty();
        }
        return Optional.of(Finding.error(
                "Tables of " + site + " are missing: " + listed(missing),
                site.where(),
                "Restore them from a backup before the next start; empty ones, as "
                        + site.database().etlSchema().getFilename()
                        + " in etl.jar makes them, forget what runs have done. Or begin with an empty schema"));
    }

    /** The other schema that has all that is missing, and nothing else of a repository. */
    private Optional<String> schemaOf(List<String> missing, Set<String> there) {
        Map<String, List<String>> schemas = new LinkedHashMap<>();
        site.jdbc().query(ELSEWHERE, row -> {
            schemas.computeIfAbsent(row.getString(1), name -> new ArrayList<>()).add(row.getString(2));
        });
        return schemas.entrySet().stream()
                .filter(schema -> schema.getValue().containsAll(lower(missing)))
                .filter(schema -> lower(there).stream().noneMatch(schema.getValue()::contains))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether runs have left anything in those that are there. */
    private boolean isUsed(Set<String> there) {
        return there.stream()
                .anyMatch(table -> !site.jdbc()
                        .queryForList("select 1 from " + table + " limit 1", Integer.class)
                        .isEmpty());
    }

    private Optional<Finding> otherVersion(Map<String, List<String>> there) {
        List<String> lacking = new ArrayList<>();
        expected.tables().forEach((table, columns) -> {
            List<String> existing = lower(there.getOrDefault(table, List.of()));
            columns.stream()
                    .filter(column -> !existing.contains(lower(column)))
                    .forEach(column -> lacking.add(table + "." + column));
        });
        List<String> sequences = lower(site.jdbc().queryForList(site.rules().sequences(), String.class));
        expected.sequences().stream()
                .filter(sequence -> !sequences.contains(lower(sequence)))
                .forEach(lacking::add);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.error(
                        "The tables of " + site
                                + " are those of another version, of Spring Batch or of this application:"
                                + " they lack " + listed(lacking),
                        site.where(),
                        "Bring them to Spring Batch 6.0 by its scripts in etl.jar, org/springframework/batch/core/migration,"
                                + " or give the application a schema of its own"));
    }

    private Optional<Finding> lacking(Set<String> there) {
        List<String> lacking = new ArrayList<>();
        for (String table : there) {
            List<String> denied = site.rules().lackingOn(new TableName(null, table), ALL, site.database(), site.jdbc());
            if (!denied.isEmpty()) {
                lacking.add(lower(table) + " (" + String.join(", ", denied) + ")");
            }
        }
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.error(
                        "The user lacks privileges on the tables of " + site + ": " + String.join(", ", lacking),
                        site.where(),
                        "Have the tables' owner grant them to the user"));
    }

    private static boolean isLookedFor(String table) {
        return LOOKED_FOR.contains(lower(table));
    }

    private static String listed(Collection<String> names) {
        return names.stream().map(SchemaCheck::lower).collect(Collectors.joining(", "));
    }

    private static List<String> lower(Collection<String> names) {
        return names.stream().map(SchemaCheck::lower).toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
