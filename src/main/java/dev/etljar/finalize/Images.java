package dev.etljar.finalize;

import dev.etljar.database.TableName;
import dev.etljar.database.Tables;
import dev.etljar.database.Target;
import dev.etljar.run.Publications;
import dev.etljar.run.PublishedLoad;
import dev.etljar.run.RunId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that keep what a job's publications replaced or overwrote. */
record Images(Target target, RunId run, String job) {

    /**
     * Drops all but those of the job's last loads, and of the replays since. A kill in between leaves publication rows that name
     * a table which is gone: they are passed over by who looks for it, and seen to next time.
     */
    void prune(int keep) {
        Publications publications = new Publications(target.dataSource());
        Tables tables = new Tables(target.database(), target.dataSource());
        Set<RunId> kept = publications.kept(run.repository(), job, keep);
        for (PublishedLoad load : publications.ofJob(run.repository(), job)) {
            @Nullable String image = load.image();
            if (image != null && !kept.contains(load.run())) {
                tables.drop(new TableName(null, image));
                publications.forgetImage(load);
            }
        }
    }
}
