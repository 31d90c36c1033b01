/** A job file becomes a job: the definition, its checks, and the assembler that knows the five rooms. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "definition",
            "download",
            "extract",
            "process",
            "row",
            "csv",
            "validate",
            "finalize",
            "run",
            "text",
            "database"
        })
package dev.etljar.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
