package dev.etljar.doctor;

import dev.etljar.text.HumanFormat;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Leases and approvals go by the database's clock, reports and the job repository by this machine's. */
record ClockCheck(Site site, Clock clock) implements Check {

    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final int MILLISECONDS = 3;

    @Override
    public List<Finding> find() {
        Instant before = clock.instant();
        BigDecimal seconds = Objects.requireNonNull(
                site.jdbc().queryForObject("select " + site.database().epoch(), BigDecimal.class));
        Instant after = clock.instant();
        Instant there =
                Instant.ofEpochMilli(seconds.movePointRight(MILLISECONDS).longValue());
        Duration ahead = Duration.between(after, there);
        Duration behind = Duration.between(there, before);
        if (ahead.compareTo(TOLERANCE) <= 0 && behind.compareTo(TOLERANCE) <= 0) {
            return List.of();
        }
        return List.of(Finding.warning(
                "The clock of the database is "
                        + (ahead.isNegative()
                                ? HumanFormat.duration(behind) + " behind"
                                : HumanFormat.duration(ahead) + " ahead of")
                        + " this machine's: times in reports do not fit those of leases and approvals",
                site.where(),
                "Have both machines set their clocks by NTP"));
    }
}
