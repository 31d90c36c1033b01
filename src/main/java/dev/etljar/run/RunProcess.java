package dev.etljar.run;

import org.jspecify.annotations.Nullable;

/**
 * Which process works on an execution that has not ended.
 *
 * @param name such as {@code pid 4711 on etl1}; null where it is not known any more
 * @param isGone whether it has left the execution as running, and nobody works on it
 */
public record RunProcess(@Nullable String name, boolean isGone) {}
