package dev.etljar.selftest;

import dev.etljar.database.Database;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a round is published; each has its own table, since rows are only found by key where that is unique. */
enum Mode {
    APPEND("selftest_appended"),
    UPSERT("selftest_merged"),
    REPLACE("selftest_replaced"),
    SWAP("selftest_swapped");

    private final String table;

    Mode(String table) {
        this.table = table;
    }

    /** Those that the database has. */
    static List<Mode> of(Database database) {
        return database.exchange(new JdbcTemplate()).isPresent() ? List.of(values()) : List.of(APPEND, UPSERT, REPLACE);
    }

    String table() {
        return table;
    }

    boolean replaces() {
        return this == REPLACE || this == SWAP;
    }

    /** As the definition has it under {@code finalize}. */
    String definition() {
        return "publish: " + name().toLowerCase(Locale.ROOT) + (this == UPSERT ? ", key: [id]" : "");
    }
}
