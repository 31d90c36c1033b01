/** What an operator does to an execution between runs: stop it, give it up, approve or reject what it made. */
@NullMarked
@ApplicationModule(allowedDependencies = {"launch", "job", "run", "lease", "database"})
package dev.etljar.operate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
