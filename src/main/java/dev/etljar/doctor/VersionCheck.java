package dev.etljar.doctor;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;

/** The database's version. */
record VersionCheck(Site site) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        site.jdbc().execute((ConnectionCallback<Boolean>) connection -> {
            DatabaseMetaData server = connection.getMetaData();
            String product = server.getDatabaseProductName();
            return site.rules().isTested(product, server.getDatabaseMajorVersion(), server.getDatabaseMinorVersion())
                    || findings.add(Finding.warning(
                            product + " " + server.getDatabaseProductVersion()
                                    + " is older than what is tested, or another product",
                            site.where(),
                            "Use " + site.rules().tested() + "; 'selftest' tries this one"));
        });
        return findings;
    }
}
