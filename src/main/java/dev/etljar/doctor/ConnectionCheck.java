package dev.etljar.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.ConnectionCallback;

/** How transactions begin, whether the server's defaults or the pool's settings make it so. */
record ConnectionCheck(Site site) implements Check {

    private static final Map<Integer, String> LEVELS = Map.of(
            Connection.TRANSACTION_READ_UNCOMMITTED, "READ UNCOMMITTED",
            Connection.TRANSACTION_READ_COMMITTED, "READ COMMITTED",
            Connection.TRANSACTION_REPEATABLE_READ, "REPEATABLE READ",
            Connection.TRANSACTION_SERIALIZABLE, "SERIALIZABLE");

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        site.jdbc().execute((ConnectionCallback<Boolean>) connection -> findings.addAll(of(connection)));
        return findings;
    }

    private List<Finding> of(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        if (!connection.getAutoCommit()) {
            findings.add(Finding.error(
                    "Connections do not commit by themselves: leases, stops and approvals would not be kept",
                    site.where(),
                    "Leave 'auto-commit: false' out of the pool's settings in config/application.yml"));
        }
        if (connection.isReadOnly()) {
            findings.add(Finding.error(
                    "Connections are read-only: no run can write",
                    site.where(),
                    "Leave 'read-only' out of the pool's settings and of the URL"));
        }
        isolation(connection.getTransactionIsolation(), findings);
        return findings;
    }

    private void isolation(int level, List<Finding> findings) {
        String name = LEVELS.getOrDefault(level, "of number " + level);
        String action =
                "Set the server's or the user's default, or transaction-isolation of the pool, to READ COMMITTED";
        if (level == Connection.TRANSACTION_READ_UNCOMMITTED) {
            findings.add(Finding.error(
                    "The isolation level is " + name + ": what others roll back would be taken for real",
                    site.where(),
                    action));
        } else if (!site.rules().isolations().contains(level)) {
            findings.add(Finding.warning(
                    "The isolation level is " + name
                            + ": runs are tried again where transactions wait for each other, and may use up their attempts",
                    site.where(),
                    action));
        }
    }
}
