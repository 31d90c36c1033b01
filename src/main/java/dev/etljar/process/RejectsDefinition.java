package dev.etljar.process;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many bad records a load may have.
 *
 * @param max a count such as {@code 100}, or a share of the records such as {@code 1%}; more refuse the load
 */
public record RejectsDefinition(@DefaultValue("0") String max) {

    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(\\.\\d{1,4})?|100)%");

    public RejectsDefinition {
        if (!COUNT.matcher(max).matches() && !PERCENT.matcher(max).matches()) {
            throw new IllegalArgumentException(
                    "'max' must be a count such as 100 or a share such as 1%, not '" + max + "'");
        }
    }

    /** Whether so many rejects are too many whatever else the file holds; a share is only known at the end. */
    boolean exceededBy(long rejected) {
        return !isShare() && rejected > Long.parseLong(max);
    }

    /** Whether so many rejects among so many records are too many. */
    boolean exceededBy(long rejected, long records) {
        if (!isShare()) {
            return exceededBy(rejected);
        }
        double share = Double.parseDouble(max.substring(0, max.length() - 1));
        return rejected * 100.0 > share * records;
    }

    private boolean isShare() {
        return max.endsWith("%");
    }
}
