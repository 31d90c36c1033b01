package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.InputFiles;
import dev.etljar.run.Replay;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.RunId;
import dev.etljar.run.Sha256;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Of a replay, takes the place of DOWNLOAD: the rejects of another run, as they are or corrected, become input files, one for
 * each file that they came from.
 *
 * <ol>
 *   <li>A reject is known by the place where its record was rejected first, its origin, also where a replay rejected it again.
 *   <li>What is taken up is noted in {@code etl_replay}, with its origin and its line in the input file.
 *   <li>A record has been loaded when a replay that took it up is published and did not reject it: that is derived, so
 *       that no kill can leave it half noted. It is not taken up again.
 *   <li>Called again after a kill, all of it is done again, with the same result.
 * </ol>
 */
public final class ReplayStep {

    private static final String DELETE = "delete from etl_replay where repository = ? and job_instance_id = ?";

    private static final String INSERT = """
            insert into etl_replay (repository, job_instance_id, load_index, file_index, line_number, origin_instance_id,
              origin_load_index, origin_file_index, origin_line_number, origin_record_number)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select r.load_index, r.file_index, r.line_number, r.load_name, r.file_name, r.raw,
              coalesce(p.origin_instance_id, r.job_instance_id) as origin_instance_id,
              coalesce(p.origin_load_index, r.load_index) as origin_load_index,
              coalesce(p.origin_file_index, r.file_index) as origin_file_index,
              coalesce(p.origin_line_number, r.line_number) as origin_line_number,
              coalesce(p.origin_record_number, r.record_number) as origin_record_number,
              case when exists (
                select 1 from etl_replay d
                join etl_publication q on q.repository = d.repository and q.job_instance_id = d.job_instance_id
                  and q.taken_back_at is null
                where d.repository = r.repository and d.job_instance_id <> ?
                  and d.origin_instance_id = coalesce(p.origin_instance_id, r.job_instance_id)
                  and d.origin_load_index = coalesce(p.origin_load_index, r.load_index)
                  and d.origin_file_index = coalesce(p.origin_file_index, r.file_index)
                  and d.origin_line_number = coalesce(p.origin_line_number, r.line_number)
                  and not exists (
                    select 1 from etl_reject b
                    where b.repository = d.repository and b.job_instance_id = d.job_instance_id
                      and b.load_index = d.load_index and b.file_index = d.file_index and b.line_number = d.line_number)
              ) then 1 else 0 end as loaded
            from etl_reject r
            left join etl_replay p on p.repository = r.repository and p.job_instance_id = r.job_instance_id
              and p.load_index = r.load_index and p.file_index = r.file_index and p.line_number = r.line_number
            where r.repository = ? and r.job_instance_id = ?
            order by r.load_index, r.file_index, r.line_number
            """;

    private static final int FETCH_SIZE = 500;

    private final Replay replay;
    private final ProcessDefinition definition;
    private final RunContext context;
    private final Target target;
    private final JdbcTemplate jdbc;

    public ReplayStep(Replay replay, ProcessDefinition definition, RunContext context, Target target) {
        this.replay = replay;
        this.definition = definition;
        this.context = context;
        this.target = target;
        this.jdbc = new JdbcTemplate(target.dataSource());
        jdbc.setFetchSize(FETCH_SIZE);
    }

    /**
     * The records that are to be loaded and have not been; no files where there are none.
     *
     * @throws DataRefusedException where the corrected file is none, or the rejects do not fit the definition any more
     */
    public InputFiles run() throws IOException {
        @Nullable CorrectedFile corrected = corrected();
        Plan plan = new Plan(corrected, new Headers(target, replayed()).all());
        new TransactionTemplate(target.transactions()).executeWithoutResult(status -> {
            RunId run = context.id();
            jdbc.update(DELETE, run.repository(), run.instance());
            jdbc.query(SELECT, plan::take, run.instance(), run.repository(), replay.of());
            plan.endFile();
            jdbc.batchUpdate(INSERT, plan.notes);
            new Headers(target, run).put(plan.headers);
        });
        if (corrected != null) {
            corrected.requireAllUsed(replay.of());
        }
        return new InputFiles(plan.files);
    }

    private RunId replayed() {
        return new RunId(context.id().repository(), replay.of());
    }

    private @Nullable CorrectedFile corrected() throws IOException {
        @Nullable Path file = replay.file();
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            throw new RunFailedException(file + " is gone. Put it back and run again");
        }
        String actual = Sha256.of(file, context.stop());
        if (!actual.equals(replay.sha256())) {
            throw new DataRefusedException(file + " has changed since this replay began: expected sha256 "
                    + replay.sha256() + ", actual " + actual + ". Replay it as what it is now");
        }
        return CorrectedFile.read(file);
    }

    /** What is taken up, while the rejects are read in their order. */
    private final class Plan {

        private final @Nullable CorrectedFile corrected;
        private final List<Headers.Kept> known;
        private final List<InputFile> files = new ArrayList<>();
        private final List<Headers.Kept> headers = new ArrayList<>();
        private final List<Object[]> notes = new ArrayList<>();
        private @Nullable ReplayFile open;
        private String name = "";
        private int fromLoad = -1;
        private int fromFile = -1;

        Plan(@Nullable CorrectedFile corrected, List<Headers.Kept> known) {
            this.corrected = corrected;
            this.known = known;
        }

        void take(ResultSet row) throws SQLException {
            String key = Rejects.key(row);
            String stored = row.getString("raw");
            @Nullable String raw = corrected == null ? stored : corrected.corrected(key, stored);
            if (raw == null || row.getInt("loaded") == 1) {
                return;
            }
            if (open == null || row.getInt("load_index") != fromLoad || row.getInt("file_index") != fromFile) {
                endFile();
                open = begin(row);
            }
            Headers.Kept header = headers.get(headers.size() - 1);
            notes.add(new Object[] {
                context.id().repository(),
                context.id().instance(),
                header.load(),
                header.file(),
                open.add(key, raw),
                row.getLong("origin_instance_id"),
                row.getInt("origin_load_index"),
                row.getInt("origin_file_index"),
                row.getLong("origin_line_number"),
                row.getLong("origin_record_number")
            });
        }

        private ReplayFile begin(ResultSet row) throws SQLException {
            fromLoad = row.getInt("load_index");
            fromFile = row.getInt("file_index");
            name = row.getString("file_name");
            int load = load(row.getString("load_name"));
            int file =
                    (int) headers.stream().filter(each -> each.load() == load).count();
            headers.add(known.stream()
                    .filter(each -> each.isOf(fromLoad, fromFile))
                    .findFirst()
                    .orElseThrow(() -> new DataRefusedException("The header of " + name + " was not kept by run "
                            + replay.of() + ", so that its rejects cannot be read again"))
                    .at(load, file));
            return new ReplayFile(
                    context.workspace().download().resolve("load" + (load + 1) + "-file" + (file + 1) + ".csv"));
        }

        private int load(String loadName) {
            for (int i = 0; i < definition.loads().size(); i++) {
                if (definition.loads().get(i).name().equals(loadName)) {
                    return i;
                }
            }
            throw new DataRefusedException("The definition has no load '" + loadName
                    + "' any more, of which there are rejects. Give it its name back");
        }

        void endFile() {
            @Nullable ReplayFile ended = open;
            if (ended != null) {
                String sha256 = ended.complete();
                try {
                    files.add(new InputFile(
                            name,
                            ended.path(),
                            ended.size(),
                            sha256,
                            name + " (rejects of run " + replay.of() + ")",
                            FileStamp.of(ended.path())));
                } catch (IOException e) {
                    throw new RunFailedException("cannot read " + ended.path() + ": " + PlainWords.reason(e), e);
                }
                open = null;
            }
        }
    }
}
