package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;

/**
 * What the scripts make that the application starts with, by names as the scripts have them.
 *
 * @param tables each table's columns
 */
record ExpectedSchema(Map<String, List<String>> tables, Set<String> sequences) {

    private static final Pattern TABLE =
            Pattern.compile("(?is)create\\s+table\\s+(\\w+)\\s*\\((.*?)\\)\\s*(?:engine[^;]*)?;");
    private static final Pattern COLUMN = Pattern.compile("(?m)^\\s*(\\w+)");
    private static final Pattern SEQUENCE = Pattern.compile("(?i)create\\s+sequence\\s+(\\w+)");
    private static final Set<String> NO_COLUMNS = Set.of("constraint", "primary", "references", "unique");

    static ExpectedSchema of(Target target) {
        Database database = target.database();
        List<Resource> scripts = new ArrayList<>(target.isRepository() ? database.batchSchema() : List.of());
        scripts.add(database.etlSchema());
        ExpectedSchema schema = new ExpectedSchema(new LinkedHashMap<>(), new LinkedHashSet<>());
        scripts.forEach(schema::read);
        return schema;
    }

    private void read(Resource script) {
        try {
            String text = script.getContentAsString(StandardCharsets.UTF_8);
            Matcher table = TABLE.matcher(text);
            while (table.find()) {
                tables.put(table.group(1), columns(table.group(2)));
            }
            SEQUENCE.matcher(text).results().forEach(sequence -> sequences.add(sequence.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> columns(String body) {
        return COLUMN.matcher(body)
                .results()
                .map(column -> column.group(1))
                .filter(name -> !NO_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
