/** Room 5: what passed is published in one transaction, then the input is archived and the workspace cleaned. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "text", "database"})
package dev.etljar.finalize;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
