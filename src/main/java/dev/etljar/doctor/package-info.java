/** What would break or harm runs, found without changing anything: one class a check, each says what it found, where, and what to do. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "launch",
            "repository",
            "job",
            "definition",
            "download",
            "process",
            "finalize",
            "lease",
            "run",
            "text",
            "database"
        })
package dev.etljar.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
