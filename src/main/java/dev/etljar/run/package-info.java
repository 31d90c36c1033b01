/** What is handed over: the records that pass from room to room, the outcome of a run, and what listeners hear. */
@NullMarked
@ApplicationModule(allowedDependencies = {"text", "database"})
package dev.etljar.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
