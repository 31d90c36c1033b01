package dev.etljar.launch;

import dev.etljar.lease.Lease;
import dev.etljar.run.RunOutcome;
import java.io.IOException;
import java.util.Optional;

/** What is done once under the job's lease, right before the job is started or continued, so that no other start comes in between. */
public interface Preparation {

    /** Nothing. */
    Preparation NONE = lease -> Optional.empty();

    /**
     * Prepares. Where this throws what may pass, the next attempt calls it again.
     *
     * @param lease the job's, held by this process
     * @return how it ended, where the job is not to be started
     */
    Optional<RunOutcome> prepare(Lease lease) throws IOException;
}
