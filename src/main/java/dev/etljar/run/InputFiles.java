package dev.etljar.run;

import java.util.List;

/** The files that DOWNLOAD hands to EXTRACT, and EXTRACT to PROCESS, in a stable order. */
public record InputFiles(List<InputFile> files) implements HandOver {

    public InputFiles {
        files = List.copyOf(files);
    }

    /** A SHA-256 over the contents in their order: equal when the input is byte for byte the same, whatever its names. */
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        for (InputFile file : files) {
            all.append(file.sha256()).append('\n');
        }
        return Sha256.of(all.toString());
    }

    /** The sum of the sizes, in bytes. */
    public long size() {
        return files.stream().mapToLong(InputFile::size).sum();
    }
}
