package dev.etljar.doctor;

import java.util.List;
import java.util.Locale;

/** An embedded database is a file that this machine's processes share. */
record EmbeddedCheck(Site site) implements Check {

    private static final String DEFAULT = "jdbc:h2:file:${etl.database};AUTO_SERVER=TRUE;WRITE_DELAY=0";

    @Override
    public List<Finding> find() {
        if (!site.database().embedded()) {
            return List.of();
        }
        String url = site.target().url().toUpperCase(Locale.ROOT);
        if (url.startsWith("JDBC:H2:MEM:")) {
            return List.of(Finding.error(
                    "The database of " + site + " is in memory: nothing is kept, and no run can go on after its end",
                    site.where(),
                    "Give it a file, such as " + DEFAULT + ", or use PostgreSQL or MariaDB"));
        }
        if (site.file().isEmpty()) {
            return List.of(Finding.error(
                    "The H2 of " + site + " is not a file of this machine: writers are not kept apart, and a kill may"
                            + " leave a commit in part",
                    site.where(),
                    "Give it a file, such as " + DEFAULT + ", or use PostgreSQL or MariaDB"));
        }
        return url.contains(";AUTO_SERVER=TRUE")
                ? List.of()
                : List.of(Finding.warning(
                        "AUTO_SERVER is not set: while a run has the database open, no other command can ask it",
                        site.where(),
                        "Put ;AUTO_SERVER=TRUE into the URL, as config/application.yml has it by default"));
    }
}
