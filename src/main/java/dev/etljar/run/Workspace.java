package dev.etljar.run;

import java.nio.file.Path;

/** The folder of one job instance, {@code data/work/JOB/INSTANCE}: nothing of a run is written outside it but the archive. */
public record Workspace(Path root) {

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
