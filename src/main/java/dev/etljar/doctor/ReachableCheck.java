package dev.etljar.doctor;

import dev.etljar.job.FailureMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Whether the database lets the user in. Nothing else can be asked of one that does not. */
record ReachableCheck(Site site) implements Check {

    /** H2's FILE_CORRUPTED_1, FILE_VERSION_ERROR_1, IO_EXCEPTION_1 and GENERAL_ERROR_1. */
    private static final Set<Integer> NOT_READABLE = Set.of(90_030, 90_048, 90_028, 50_000);

    @Override
    public List<Finding> find() {
        try (Connection connection = site.target().connect()) {
            assert !connection.isClosed();
            return List.of();
        } catch (SQLException e) {
            return List.of(finding(e));
        } catch (RuntimeException e) {
            // Its words may quote the URL, and in one that is malformed a password may stand anywhere.
            return List.of(Finding.error(
                    "The URL of " + site + " is not one that the driver takes",
                    site.property() + ".url",
                    "Correct it in config/application.yml, or where the environment sets it"));
        }
    }

    private Finding finding(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        String words = "It says: " + site.database().message(cause);
        if (FailureMessage.refusesUser(cause)) {
            return Finding.error(
                    "The database of " + site + " does not let the user in. " + words,
                    site.where(),
                    "Correct " + site.property() + ".username in config/application.yml, or " + site.passwordVariable()
                            + " in the environment");
        }
        if (state.startsWith("3D") || state.startsWith("42")) {
            return Finding.error(
                    "The server of " + site + " has no such database for this user. " + words,
                    site.where(),
                    "Create it, or correct " + site.property() + ".url in config/application.yml");
        }
        if (site.database().embedded() && NOT_READABLE.contains(cause.getErrorCode())) {
            return Finding.error(
                    "The file of " + site + " is damaged, or another version of H2 made it. " + words,
                    site.where(),
                    "Put it back from a backup; or export it by the H2 that made it (SCRIPT TO 'dump.sql') and import"
                            + " that (RUNSCRIPT FROM 'dump.sql') into a new file");
        }
        return Finding.outage(
                "The database of " + site + " does not answer. " + words,
                site.where(),
                "Start it, or correct " + site.property() + ".url in config/application.yml; a run that starts"
                        + " meanwhile fails and keeps its progress");
    }
}
