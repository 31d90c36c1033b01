package dev.etljar.purge;

import dev.etljar.database.Target;
import dev.etljar.run.Publications;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The publication rows of a job, and which of them are needed though their run goes. What was published into a table and took
 * away or changed what was there keeps everything before it from being taken back, unless it is taken back too. Without its
 * row nobody would know, and an earlier publication, of this job or of another, would be taken back from under it.
 */
final class PublicationRows {

    private static final String LIVE =
            "select id, table_name, mode, image_table from etl_publication where taken_back_at is null";

    private static final String APPEND = "append";

    private final Publications publications;
    private final Rows rows;
    /** Of each job instance, oldest first. */
    private final NavigableMap<Long, List<PublishedLoad>> loads = new TreeMap<>();

    private final String repository;
    private final String job;
    /** Of each table, what is not taken back: whether nothing before it can be, since it has no image. */
    private final Map<String, NavigableMap<Long, Boolean>> live = new HashMap<>();

    private final Set<Long> last;

    PublicationRows(Target target, String repository, String job, boolean dryRun) {
        JdbcTemplate jdbc = new JdbcTemplate(target.dataSource());
        this.publications = new Publications(target.dataSource());
        this.rows = new Rows(jdbc, dryRun);
        this.repository = repository;
        this.job = job;
        publications
                .ofJob(repository, job)
                .forEach(load -> loads.computeIfAbsent(load.run().instance(), run -> new ArrayList<>())
                        .add(0, load));
        this.last = publications.last(repository, job).stream()
                .map(Publications.Last::instanceId)
                .collect(Collectors.toSet());
        jdbc.query(LIVE, row -> {
            boolean blocks = !row.getString(3).equals(APPEND) && row.getString(4) == null;
            ofTable(row.getString(2)).put(row.getLong(1), blocks);
        });
    }

    /** The run that a new input is compared with, if there is one. */
    Set<Long> last() {
        return last;
    }

    /** The runs that may be taken back, where so many of the job's loads may. */
    Set<Long> newest(int count) {
        return publications.kept(repository, job, count).stream()
                .map(RunId::instance)
                .collect(Collectors.toSet());
    }

    /**
     * Removes the rows of a run whose images are dropped, as far as they are not needed.
     *
     * @param lineStays whether the run may be asked for again: that it was taken back has to be known then
     */
    long remove(long instance, boolean lineStays) {
        List<PublishedLoad> needed = new ArrayList<>();
        long removed = 0;
        for (PublishedLoad load : loads.getOrDefault(instance, List.of())) {
            if (load.wasTakenBack() ? lineStays : isNeeded(load)) {
                forgetImage(load);
                needed.add(load);
            } else {
                removed += rows.remove("etl_publication where id = ?", load.id());
                ofTable(load.table()).remove(load.id());
            }
        }
        loads.put(instance, needed);
        return removed;
    }

    /**
     * Removes what was left of runs that went before, and is not needed any more.
     *
     * @param lines runs of which only their line is there
     * @param whole runs of which all is
     */
    long removeLeftovers(Set<Long> lines, Set<Long> whole) {
        long removed = 0;
        for (Long instance : List.copyOf(loads.keySet())) {
            removed += whole.contains(instance) ? 0 : remove(instance, lines.contains(instance));
        }
        return removed;
    }

    /** Notes that the images of a run are no more. */
    void forgetImages(long instance) {
        loads.getOrDefault(instance, List.of()).forEach(this::forgetImage);
    }

    private void forgetImage(PublishedLoad load) {
        if (load.image() != null && !rows.dryRun()) {
            publications.forgetImage(load);
        }
        if (load.buriesEarlier() && !load.wasTakenBack()) {
            ofTable(load.table()).put(load.id(), true);
        }
    }

    /** Where what is before it is kept from being taken back anyway, it is not needed for that. */
    private boolean isNeeded(PublishedLoad load) {
        Map.Entry<Long, Boolean> before = ofTable(load.table()).lowerEntry(load.id());
        return load.buriesEarlier() && before != null && !before.getValue();
    }

    private NavigableMap<Long, Boolean> ofTable(String table) {
        return Objects.requireNonNull(live.computeIfAbsent(table.toLowerCase(Locale.ROOT), name -> new TreeMap<>()));
    }
}
