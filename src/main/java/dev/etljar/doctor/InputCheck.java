package dev.etljar.doctor;

import dev.etljar.job.JobAssembler;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Local input that is not there, or cannot be read. Of a job that archives its input, there is none between two deliveries. */
record InputCheck(Jobs jobs, Path home, Map<String, String> environment) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        jobs.sound().forEach((job, definition) -> {
            if (definition.finalization().archive() == null) {
                RunContext context = RunContext.between(job, new RunId("", 0), home, Map.of(), environment);
                JobAssembler.localInputProblems(definition, context)
                        .forEach(problem -> findings.add(Finding.warning(
                                "Job '" + job + "' could not read its input: " + problem.message(),
                                Jobs.file(job),
                                "Put the file there before the job is started, or correct 'download'")));
            }
        });
        return findings;
    }
}
