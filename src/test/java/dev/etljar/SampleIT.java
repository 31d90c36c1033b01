package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README's first chapter shows, on the jar as it is shipped. */
class SampleIT {

    @TempDir
    Path folder;

    @Test
    void loadsOnceFindsNothingNewAndLoadsAgainByForce() throws IOException {
        EtlHome home = sample();

        EtlProcess.Result first = EtlProcess.run(home, "--job.name=import");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("10,000");
        assertThat(first.err()).doesNotContain("\tat ");
        assertThat(home.value("select count(*) from bird_strikes")).isEqualTo("10000");
        assertThat(home.value("select count(*) from bird_strikes where speed_knots is null"))
                .isNotEqualTo("0");

        EtlProcess.Result second = EtlProcess.run(home, "--job.name=import");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("Nothing new");
        assertThat(home.value("select count(*) from bird_strikes")).isEqualTo("10000");

        EtlProcess.Result forced = EtlProcess.run(home, "--job.name=import", "--force");
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(home.value("select count(*) from bird_strikes")).isEqualTo("20000");
    }

    private EtlHome sample() throws IOException {
        EtlHome home = new EtlHome(folder);
        for (String file :
                new String[] {"config/application.yml", "config/jobs/import.yml", "data/input/birdstrikes.zip"}) {
            home.write(file, Files.readAllBytes(Path.of(file)));
        }
        return home;
    }
}
