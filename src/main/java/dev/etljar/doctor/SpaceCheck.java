package dev.etljar.doctor;

import dev.etljar.job.FailureMessage;
import dev.etljar.job.JobAssembler;
import dev.etljar.job.JobDefinition;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunId;
import dev.etljar.text.HumanFormat;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much room the disks of the folders have left. */
record SpaceCheck(Folders folders, Path home, Jobs jobs, Map<String, String> environment, Space space)
        implements Check {

    /** Below this a disk is full soon: rows, indexes and logs come to it. */
    private static final long LITTLE = 1_000_000_000;

    /** How many bytes of a disk may still be used. */
    interface Space {
        long usable(FileStore disk) throws IOException;
    }

    @Override
    public List<Finding> find() {
        try {
            return found();
        } catch (IOException e) {
            return List.of(Finding.warning(
                    "How much room the disk has is not known. " + FailureMessage.of(e),
                    home.toString(),
                    "Correct the file system or its permissions"));
        }
    }

    private List<Finding> found() throws IOException {
        Map<FileStore, Path> disks = new LinkedHashMap<>();
        for (Path folder : folders.byName().values()) {
            disks.putIfAbsent(Files.getFileStore(Folders.existing(folder)), folder);
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<FileStore, Path> disk : disks.entrySet()) {
            long usable = space.usable(disk.getKey());
            if (usable < LITTLE) {
                findings.add(Finding.warning(
                        "The disk has " + HumanFormat.bytes(usable) + " left",
                        disk.getValue().toString(),
                        "Make room: below " + HumanFormat.bytes(LITTLE) + " a run may find it full before its end"));
            }
        }
        FileStore work = disks.keySet().iterator().next();
        inputs(space.usable(work), findings);
        return findings;
    }

    /** INIT refuses a run whose input is larger than what is left. */
    private void inputs(long usable, List<Finding> findings) throws IOException {
        for (Map.Entry<String, JobDefinition> job : new TreeMap<>(jobs.sound()).entrySet()) {
            long needed = JobAssembler.localInputSize(job.getValue(), context(job.getKey()));
            if (needed > usable) {
                findings.add(Finding.outage(
                        "The disk has " + HumanFormat.bytes(usable) + " left, the input of job '" + job.getKey()
                                + "' has " + HumanFormat.bytes(needed),
                        home.resolve("data/work").toString(),
                        "Make room: until then the job is not started"));
            }
        }
    }

    private RunContext context(String job) {
        return RunContext.between(job, new RunId("", 0), home, Map.of(), environment);
    }
}
