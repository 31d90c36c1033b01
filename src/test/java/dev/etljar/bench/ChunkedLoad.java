package dev.etljar.bench;

import dev.etljar.testing.EtlHome;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/**
 * The database's own loader with a commit for every so many lines, each half of the file on a connection of its own: what chunks
 * cost without checkpoints, checks or a job repository. No field of the file has a line break.
 */
record ChunkedLoad(EtlHome home, Path file, int lines, Loader loader) {

    private static final int LONGEST_LINE = 1_000;

    /** How the database takes lines without a header. */
    interface Loader {

        /** What is to be done once on a connection. */
        String settings();

        void load(Connection connection, InputStream lines) throws SQLException, IOException;
    }

    record PostgreSql(String table) implements Loader {

        @Override
        public String settings() {
            return "set synchronous_commit = off";
        }

        @Override
        public void load(Connection connection, InputStream lines) throws SQLException, IOException {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin with (format csv)", lines, 1 << 18);
        }
    }

    /** @param load {@code load data local infile} from a file of any name */
    record MariaDb(String load) implements Loader {

        @Override
        public String settings() {
            return "set session sql_mode = 'STRICT_ALL_TABLES'";
        }

        @Override
        public void load(Connection connection, InputStream lines) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(lines);
                statement.execute(load);
            }
        }
    }

    long milliseconds() throws Exception {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            long middle = Files.size(file) / 2;
            List<Callable<Boolean>> halves = List.of(() -> load(0, middle), () -> load(middle, Long.MAX_VALUE));
            for (Future<Boolean> half : threads.invokeAll(new ArrayList<>(halves))) {
                half.get();
            }
        } finally {
            threads.shutdown();
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Loads the lines that begin after one byte and not after another; the header is the first byte's line. */
    private boolean load(long from, long to) throws IOException, SQLException {
        byte[] chunk = new byte[lines * LONGEST_LINE];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 18);
                Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(loader.settings());
            connection.setAutoCommit(false);
            in.skipNBytes(from);
            long position = from + line(in, chunk, 0);
            int length = 1;
            while (length > 0) {
                length = 0;
                for (int i = 0; i < lines && position + length <= to; i++) {
                    length += line(in, chunk, length);
                }
                position += length;
                loader.load(connection, new ByteArrayInputStream(chunk, 0, length));
                connection.commit();
            }
        }
        return true;
    }

    /** Reads a line with its end into the chunk; gives its length, 0 at the end of the file. */
    private static int line(InputStream in, byte[] chunk, int at) throws IOException {
        int length = 0;
        int next = in.read();
        while (next != -1) {
            chunk[at + length++] = (byte) next;
            next = next == '\n' ? -1 : in.read();
        }
        return length;
    }
}
