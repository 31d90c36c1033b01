package dev.etljar.launch;

import dev.etljar.job.HandOvers;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.Rooms;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Phase;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

/** Whether an incomplete execution may be continued: its progress is only worth something on the input it was made of. */
record Continuation(JobRepository jobRepository, JobExecution last, Rooms rooms) {

    /** Whether it ended because the data was refused, so that its progress may be given up once the data is corrected. */
    boolean refusedBefore() {
        return last.getExitStatus().getExitCode().equals(JobAssembler.REFUSED);
    }

    /** What has changed under the progress that was kept, expected against actual. */
    Optional<String> changed(Set<Phase> done) throws IOException {
        // Once the rows are judged, the input may be gone; unless they were refused, it is not needed any more.
        if (done.contains(Phase.VALIDATE) && !refusedBefore()) {
            return Optional.empty();
        }
        if (rooms.redefined(last.getExecutionContext())) {
            return Optional.of("The definition of the loads has changed since their rows were staged by execution "
                    + last.getId());
        }
        Optional<InputFiles> input = new HandOvers(jobRepository).find(last, Phase.DOWNLOAD, InputFiles.class);
        return input.isEmpty() ? Optional.empty() : rooms.changed(input.get(), refusedBefore());
    }
}
