/** Which run is it: starts, continues or recovers a job instance and says how it ended. */
@NullMarked
@ApplicationModule(allowedDependencies = {"repository", "job", "definition", "lease", "run", "text", "database"})
package dev.etljar.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
