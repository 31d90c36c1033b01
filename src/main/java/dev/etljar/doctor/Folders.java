package dev.etljar.doctor;

import dev.etljar.text.Placeholders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders that runs write into.
 *
 * @param byName each with what it is for
 */
record Folders(Map<String, Path> byName) {

    static Folders of(Path home, Jobs jobs, List<Site> sites) {
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put("the folder of runs", home.resolve("data/work"));
        sites.forEach(site -> site.file()
                .map(file -> file.toAbsolutePath().getParent())
                .ifPresent(parent -> folders.put("the folder of the database of " + site, parent)));
        jobs.sound().forEach((job, definition) -> {
            @Nullable String archive = definition.finalization().archive();
            if (archive != null && Placeholders.names(archive).isEmpty()) {
                folders.put("the archive of job '" + job + "'", home.resolve(archive));
            }
        });
        return new Folders(folders);
    }

    /** The folder, or what is there of the way to it. */
    static Path existing(Path folder) {
        List<Path> way = new ArrayList<>();
        for (@Nullable Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            way.add(at);
        }
        return way.stream().filter(Files::exists).findFirst().orElse(way.get(way.size() - 1));
    }
}
