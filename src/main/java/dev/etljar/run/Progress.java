package dev.etljar.run;

/**
 * How far a step is.
 *
 * @param phase the step
 * @param position bytes done
 * @param total bytes in all, or -1 where nobody knows
 * @param loaded rows written (PROCESS)
 * @param rejected records refused (PROCESS)
 */
public record Progress(Phase phase, long position, long total, long loaded, long rejected) {

    /** Progress of a step that moves bytes and loads nothing. */
    public static Progress bytes(Phase phase, long position, long total) {
        return new Progress(phase, position, total, 0, 0);
    }
}
