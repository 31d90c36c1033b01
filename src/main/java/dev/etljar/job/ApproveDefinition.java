package dev.etljar.job;

import dev.etljar.run.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run waits for a person.
 *
 * @param before the step that is not begun without an approval
 * @param expires how long it may be approved after it was asked for; for ever where it is null
 */
public record ApproveDefinition(String before, @Nullable Duration expires) {

    private static final String SHORT = "before ";
    private static final List<String> STEPS =
            Arrays.stream(Phase.values()).filter(Phase::isStep).map(Phase::name).toList();

    public ApproveDefinition {
        if (!STEPS.contains(before)) {
            throw new IllegalArgumentException(
                    "'before' must be a step (" + String.join(", ", STEPS) + "), not '" + before + "'");
        }
        if (expires != null && (expires.isZero() || expires.isNegative())) {
            throw new IllegalArgumentException("'expires' must be more than zero");
        }
    }

    /** Reads the short form, {@code before FINALIZE}. */
    public static ApproveDefinition of(String text) {
        if (!text.startsWith(SHORT)) {
            throw new IllegalArgumentException(
                    "'approve' is 'before' and a step, such as before FINALIZE, not '" + text + "'");
        }
        return new ApproveDefinition(text.substring(SHORT.length()).strip(), null);
    }

    /** The step that is not begun without an approval. */
    public Phase phase() {
        return Phase.valueOf(before);
    }
}
