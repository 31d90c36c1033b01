/** What the databases know of runs: looked up, summed up, recovered, given up, and changed only under the job's lease. */
@NullMarked
@ApplicationModule(allowedDependencies = {"job", "definition", "lease", "run", "text", "database"})
package dev.etljar.repository;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
