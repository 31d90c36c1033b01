package dev.etljar.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWriterTests {

    @Test
    void anInterruptedThreadDoesNotCloseTheLockForThoseAfterIt(@TempDir Path folder) throws Exception {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:");
        try (OneWriter writer = new OneWriter(pool, folder.resolve("writer.lock"))) {
            writer.enforce();
            assertThat(one(writer)).isEqualTo(1);

            Thread.currentThread().interrupt();
            assertThat(one(writer)).isEqualTo(1);
            assertThat(Thread.interrupted()).as("the flag, kept").isTrue();

            assertThat(one(writer)).isEqualTo(1);
        }
    }

    private static int one(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
