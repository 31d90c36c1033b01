/** The records of a CSV file: found by their bytes, so that a reader can go on anywhere, and parsed into fields. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run"})
package dev.etljar.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
