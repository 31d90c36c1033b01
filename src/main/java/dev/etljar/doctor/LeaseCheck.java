package dev.etljar.doctor;

import dev.etljar.text.HumanFormat;
import java.time.Duration;
import java.util.List;

/** How long another machine waits before it takes a job over. An embedded database is this machine's alone. */
record LeaseCheck(Site repository, Duration lease) implements Check {

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String WHERE = "etl.lease in config/application.yml";
    private static final String ACTION = "Leave it at its default, 30s, or set it to a value between 5s and 1h";

    @Override
    public List<Finding> find() {
        String time = HumanFormat.duration(lease);
        if (repository.database().embedded()) {
            return List.of();
        } else if (lease.compareTo(SHORT) < 0) {
            return List.of(Finding.warning(
                    "A lease of " + time
                            + " is short: a pause of that length loses the job, and its work is done again",
                    WHERE,
                    ACTION));
        } else if (lease.compareTo(LONG) > 0) {
            return List.of(Finding.warning(
                    "A lease of " + time + " is long: when a machine dies, its jobs are not run elsewhere before that",
                    WHERE,
                    ACTION));
        }
        return List.of();
    }
}
