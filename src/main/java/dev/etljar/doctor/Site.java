package dev.etljar.doctor;

import dev.etljar.database.Database;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that runs use, on connections that wait for nobody who writes. */
record Site(Target target) {

    Database database() {
        return target.database();
    }

    DatabaseRules rules() {
        return DatabaseRules.of(database());
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(target.looking());
    }

    Tables tables() {
        return new Tables(database(), target.looking());
    }

    /** The file that it is in, where it is embedded. */
    Optional<Path> file() {
        return database().file(target.url());
    }

    /** Whether asking would make it: of an embedded database that no run has made yet there is nothing to say. */
    boolean isYetToBeMade() {
        return file().filter(path -> !Files.exists(path)).isPresent();
    }

    /** What its properties in application.yml begin with. */
    String property() {
        return target.isRepository() ? "spring.datasource" : "etl.targets." + target.name();
    }

    /** The property and the address, without what follows it in the URL, where a password may stand. */
    String where() {
        return property() + " (" + target.url().replaceFirst("[?;].*", "") + ")";
    }

    /** Where its password belongs. */
    String passwordVariable() {
        return property().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT) + "_PASSWORD";
    }

    @Override
    public String toString() {
        return target.isRepository() ? "the job repository" : "the target '" + target.name() + "'";
    }
}
