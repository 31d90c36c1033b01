/** One runner a job: the lease that a process holds while it runs a job. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "run"})
package dev.etljar.lease;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
