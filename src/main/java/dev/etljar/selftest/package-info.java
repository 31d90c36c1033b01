/** The crash suite: kills runs and operators' commands at random moments, starts them again and compares what is there with what was sent. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "database"})
package dev.etljar.selftest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
