/** Room 3: the records of the input files become rows of staging tables, a chunk a transaction. */
@NullMarked
@ApplicationModule(allowedDependencies = {"row", "csv", "run", "text", "database"})
package dev.etljar.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
