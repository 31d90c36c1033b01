/** Runs an execution again from one of its steps: what would be undone, the undoing of it, and the start after it. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "operate",
            "launch",
            "repository",
            "lease",
            "job",
            "definition",
            "run",
            "text",
            "database"
        })
package dev.etljar.rerun;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
