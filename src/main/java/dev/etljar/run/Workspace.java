package dev.etljar.run;

import java.nio.file.Path;

/** The folder of one job instance, {@code data/work/JOB/INSTANCE}: nothing of a run is written outside it but the archive. */
public record Workspace(Path root) {

    /** The workspace of a job's instance. */
    public static Workspace of(Path home, String job, long instance) {
        return new Workspace(home.resolve("data/work").resolve(job).resolve(Long.toString(instance)));
    }

    /** Fetched files. */
    public Path download() {
        return root.resolve("download");
    }

    /** Files taken out of archives. */
    public Path extract() {
        return root.resolve("extract");
    }

    public Path progress() {
        return root.resolve("progress.json");
    }

    public Path rejects() {
        return root.resolve("rejects.csv");
    }

    public Path textReport() {
        return root.resolve("report.txt");
    }

    public Path jsonReport() {
        return root.resolve("report.json");
    }
}
