/** A record of a file becomes a row of typed values, or a reject that says which value is wrong and why. */
@NullMarked
@ApplicationModule(allowedDependencies = {"csv", "run", "text", "database"})
package dev.etljar.row;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
