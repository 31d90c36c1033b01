/** The benchmark: {@code ./mvnw -Pbench verify}. */
@NullMarked
package dev.etljar.bench;

import org.jspecify.annotations.NullMarked;
