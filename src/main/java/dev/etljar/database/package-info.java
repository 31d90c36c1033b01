/** What differs between the databases: one class each. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.etljar.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
