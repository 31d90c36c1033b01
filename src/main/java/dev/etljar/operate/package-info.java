/** What an operator does to an execution between runs: stop it, give it up, approve or reject what it made, take it back. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "launch",
            "repository",
            "job",
            "definition",
            "finalize",
            "run",
            "text",
            "lease",
            "database"
        })
package dev.etljar.operate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
