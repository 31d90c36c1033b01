package dev.etljar.doctor;

import dev.etljar.database.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Staging tables of runs that are complete, given up or forgotten. */
record LeftoverCheck(Site site, String token, Set<Long> incomplete) implements Check {

    private static final Pattern INSTANCE = Pattern.compile("etl_stage_[0-9a-f]{8}_(\\d{1,18})_.*");

    @Override
    public List<Finding> find() {
        List<String> left = site.tables().names("etl_stage_" + token + "_").stream()
                .map(TableName::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(this::isLeft)
                .sorted()
                .toList();
        return left.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "Staging tables are left of runs that do not go on: " + String.join(", ", left),
                        site.where(),
                        "'purge' removes them with their runs; of runs that 'list' does not show, drop them by hand"));
    }

    private boolean isLeft(String table) {
        Matcher name = INSTANCE.matcher(table);
        return name.matches() && !incomplete.contains(Long.parseLong(name.group(1)));
    }
}
