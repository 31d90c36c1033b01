/** A definition's YAML file becomes a record; whatever is wrong with it is told with its line and column. */
@NullMarked
@ApplicationModule(allowedDependencies = "text")
package dev.etljar.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
