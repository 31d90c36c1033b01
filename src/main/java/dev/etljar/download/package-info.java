/** Room 1: a source named by a path or a URL becomes an input file whose content is known. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "text"})
package dev.etljar.download;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
