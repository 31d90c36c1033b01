/** Room 2: an archive becomes the files in it; a plain file is handed on as it is. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "text"})
package dev.etljar.extract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
