package dev.etljar.doctor;

import java.util.List;

/** Whether the user may make tables where the repository's and the staging tables are. */
record PrivilegeCheck(Site site) implements Check {

    @Override
    public List<Finding> find() {
        List<String> lacking = site.rules().lackingIn(null, site.database(), site.jdbc());
        return lacking.isEmpty()
                ? List.of()
                : List.of(Finding.error(
                        "The user lacks privileges on the schema of " + site
                                + ", in which the application makes tables: " + String.join(", ", lacking),
                        site.where(),
                        "Have the schema's owner grant them to the user, or give the user a schema of its own"));
    }
}
