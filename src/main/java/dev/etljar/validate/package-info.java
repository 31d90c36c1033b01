/** Room 4: staging tables are judged by rules, in the database. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "database"})
package dev.etljar.validate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
