/** Removes old runs with all that was kept of them, but nothing that a restart, a rollback or a replay needs. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"repository", "job", "definition", "finalize", "run", "text", "lease", "database"})
package dev.etljar.purge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
