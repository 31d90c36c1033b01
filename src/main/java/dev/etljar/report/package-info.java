/** After the run: what it did, as text and as JSON. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "text"})
package dev.etljar.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
