/** Listens to a run and shows how far it is: a bar, log lines, progress.json. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "text"})
package dev.etljar.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
