package dev.etljar.process;

import dev.etljar.database.Target;
import dev.etljar.row.Header;
import dev.etljar.run.RunId;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The headers of the files that had rejects, kept so that a rejected record can be read when its file is gone. */
final class Headers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String DELETE = "delete from etl_header where repository = ? and job_instance_id = ?";

    private static final String INSERT = """
            insert into etl_header (repository, job_instance_id, load_index, file_index, field_names, field_count)
            values (?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select load_index, file_index, field_names, field_count from etl_header
            where repository = ? and job_instance_id = ? order by load_index, file_index
            """;

    private final JdbcTemplate jdbc;
    private final RunId run;

    Headers(Target target, RunId run) {
        this.jdbc = new JdbcTemplate(target.dataSource());
        this.run = run;
    }

    /**
     * A header with its file's place.
     *
     * @param load the load's index in the run's definition
     * @param file the file's place among the load's files
     */
    record Kept(int load, int file, List<String> names, int size) {

        Kept {
            names = List.copyOf(names);
        }

        Header header(String source) {
            return new Header(source, names, size);
        }

        boolean isOf(int otherLoad, int otherFile) {
            return load == otherLoad && file == otherFile;
        }

        Kept at(int otherLoad, int otherFile) {
            return new Kept(otherLoad, otherFile, names, size);
        }
    }

    /** To be called in a transaction. */
    void put(List<Kept> headers) {
        jdbc.update(DELETE, run.repository(), run.instance());
        for (Kept header : headers) {
            jdbc.update(
                    INSERT,
                    run.repository(),
                    run.instance(),
                    header.load(),
                    header.file(),
                    JSON.writeValueAsString(header.names()),
                    header.size());
        }
    }

    List<Kept> all() {
        return jdbc.query(
                SELECT,
                (row, n) -> new Kept(
                        row.getInt(1),
                        row.getInt(2),
                        JSON.readValue(row.getString(3), new TypeReference<List<String>>() {}),
                        row.getInt(4)),
                run.repository(),
                run.instance());
    }
}
