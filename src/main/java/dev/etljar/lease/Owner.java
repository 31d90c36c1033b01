package dev.etljar.lease;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a lease.
 *
 * @param host its machine's name, for people
 * @param pid its process ID
 * @param since when it began to work, by its own clock, for people
 * @param place where that ID means this process: the running kernel and its namespace of process IDs. A name would not
 *     do: machines and containers share theirs
 * @param start when the process started, in a form that two looks at one process have in common; it tells a process from
 *     a later one with the same ID
 */
public record Owner(String host, long pid, Instant since, String place, String start) {

    private static final Pattern TEXT = Pattern.compile("pid (\\d+) on (\\S+) since (\\S+) \\((\\S+), (\\S+)\\)");

    /** As the lease's row has it. */
    @Override
    public String toString() {
        return describe() + " (" + place + ", " + start + ")";
    }

    /** For people. */
    public String describe() {
        return name() + " since " + since;
    }

    /** {@code pid 4711 on etl1}. */
    public String name() {
        return "pid " + pid + " on " + host;
    }

    static Optional<Owner> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Owner(
                matcher.group(2),
                Long.parseLong(matcher.group(1)),
                Instant.parse(matcher.group(3)),
                matcher.group(4),
                matcher.group(5)));
    }
}
