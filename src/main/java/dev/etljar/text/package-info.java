/** What people read and write: numbers, durations, names, plain words for failures, and secrets that nobody must read. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.etljar.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
