package dev.etljar.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the folders can be written to, or be made where they are missing. */
record FolderCheck(Folders folders) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        folders.byName().forEach((name, folder) -> {
            Path existing = Folders.existing(folder);
            if (!Files.isDirectory(existing)) {
                findings.add(Finding.error(
                        "Of " + name + ", " + existing + " is there and is no folder",
                        folder.toString(),
                        "Move the file away, or link a folder to its place"));
            } else if (!Files.isWritable(existing)) {
                findings.add(Finding.error(
                        "The user '" + System.getProperty("user.name") + "' may not write to " + name + ": " + existing,
                        folder.toString(),
                        "Give the user the right to write there, or start as its owner"));
            }
        });
        return findings;
    }
}
