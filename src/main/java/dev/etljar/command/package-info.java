/** The command line: one class a command. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "launch",
            "repository",
            "operate",
            "rerun",
            "purge",
            "doctor",
            "job",
            "definition",
            "report",
            "progress",
            "run",
            "text",
            "selftest"
        })
package dev.etljar.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
