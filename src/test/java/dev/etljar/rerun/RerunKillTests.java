package dev.etljar.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.TakenOverException;
import dev.etljar.testing.Breaking;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.InProcessEtl;
import dev.etljar.testing.Moments;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import dev.etljar.testing.WatchedDriver;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rerun that ends in its middle, with the repository in one database and the target in another: the same command ends the same. */
class RerunKillTests extends RerunTestCase {

    private static final String TAKE_BACK = "update etl_publication set taken_back_at";
    private static final String SET_BACK = "INSERT INTO BATCH_JOB_EXECUTION(";
    private static final String REMOVAL = "delete from etl_checkpoint";
    private static final String PUBLICATION = "insert into etl_publication";

    @Override
    EtlHome home() {
        String watched = "driver-class-name: " + WatchedDriver.class.getName() + "\n";
        return EtlHome.withTargetOn(TestDatabase.H2, folder)
                .configureTarget("      " + watched)
                .configure("---\nspring.datasource." + watched);
    }

    @Override
    void job(String publish, String rule) {
        home.job("numbers", "target: warehouse\n" + Numbers.job(ZIP, 100, "1", publish, "- " + rule));
    }

    @AfterEach
    void stopWatching() {
        WatchedDriver.watch(new WatchedDriver.Watch() {});
    }

    /** What {@code kill -9} leaves to the next process: this one's connections are gone, and nothing else was done. */
    private void breakAt(String moment, Phase from) {
        Breaking breaking = Breaking.at(moment);
        WatchedDriver.watch(breaking);
        try {
            RunOutcome broken = rerun(1, from);
            assertThat(broken).as(broken.message()).isInstanceOf(RunOutcome.Failed.class);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage(Breaking.MESSAGE);
        }
        assertThat(breaking.happened()).as(moment).isTrue();
        WatchedDriver.watch(new WatchedDriver.Watch() {});
        application.close();
        application = InProcessEtl.open(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before " + TAKE_BACK,
                "after " + TAKE_BACK,
                "before " + SET_BACK,
                "after " + SET_BACK,
                "before " + REMOVAL,
                "after " + REMOVAL,
                "before " + PUBLICATION,
                "after " + PUBLICATION
            })
    void thePublishedRunEndsAsIfNothingHadHappened(String moment) {
        assertCompleted(run());

        breakAt(moment, Phase.PROCESS);
        assertThat(home.value("select count(*) from numbers")).isIn("0", "250");
        assertCompleted(rerun(1, Phase.PROCESS));

        assertLoadedOnce(Numbers.rows(250));
        assertThat(home.rows("select count(*) from etl_checkpoint where loaded < 250"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before " + SET_BACK, "after " + SET_BACK, "before " + REMOVAL, "after " + REMOVAL})
    void theRunThatFailedEndsAsIfNothingHadHappened(String moment) {
        run("progressed PROCESS");

        breakAt(moment, Phase.PROCESS);
        assertCompleted(rerun(1, Phase.PROCESS));

        assertLoadedOnce(Numbers.rows(250));
    }

    /** Where the rerun is given again, or the job is started: the run after it found nothing new, and is not gone on with. */
    @ParameterizedTest
    @CsvSource({
        "true, before update etl_publication set taken_back_at",
        "true, after update etl_publication set taken_back_at",
        "true, after INSERT INTO BATCH_JOB_EXECUTION(",
        "true, after delete from etl_checkpoint",
        "false, after INSERT INTO BATCH_JOB_EXECUTION(",
        "false, after delete from etl_checkpoint",
        "false, after insert into etl_publication"
    })
    void theRunThatANothingNewCameAfterEndsAsIfNothingHadHappened(boolean again, String moment) {
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);

        breakAt(moment, Phase.PROCESS);
        assertCompleted(again ? rerun(1, Phase.PROCESS) : run());

        assertLoadedOnce(Numbers.rows(250));
        assertThat(home.value("select job_instance_id from etl_publication")).isEqualTo("1");
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    /** The next attempt of the same process finds the run that it has completed, not the one that found nothing new. */
    @Test
    void aRunThatWasCompletedUnheardIsToldAsComplete() {
        home.job(
                "numbers",
                "target: warehouse\nretry: { attempts: 2, pause: 10ms, max-pause: 10ms }\n"
                        + Numbers.job(ZIP, 100, "1", "append", ""));
        assertCompleted(run());
        assertThat(run()).isInstanceOf(RunOutcome.NothingNew.class);
        AtomicInteger heard = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        WatchedDriver.watch(new WatchedDriver.Watch() {
            @Override
            public void committed(List<String> statements) {
                if (statements.stream().anyMatch(each -> each.strip().startsWith("UPDATE BATCH_JOB_EXECUTION"))
                        && ended.compareAndSet(true, false)) {
                    throw new TakenOverException("it was, or the answer was lost");
                }
            }
        });

        RunOutcome outcome = rerun(1, Phase.PROCESS, plans::add, new Moments(happened -> {
            if (happened.equals("ended RUN") && heard.getAndIncrement() == 0) {
                ended.set(true);
            }
        }));

        assertCompleted(outcome);
        assertThat(heard).hasValue(2);
        assertThat(outcome.summary())
                .isNotNull()
                .satisfies(run -> assertThat(run.executionId()).isEqualTo(4));
        assertThat(home.repository().value("select count(*) from batch_job_execution"))
                .isEqualTo("4");
        assertLoadedOnce(Numbers.rows(250));
    }

    /** Who does not know of the rerun starts the job: nothing of it is lost, and nothing there twice. */
    @ParameterizedTest
    @CsvSource({
        "after update etl_publication set taken_back_at, 2",
        "after INSERT INTO BATCH_JOB_EXECUTION(, 1",
        "after delete from etl_checkpoint, 1",
        "after insert into etl_publication, 1"
    })
    void anyStartOfTheJobGoesOn(String moment, int runs) {
        assertCompleted(run());

        breakAt(moment, Phase.EXTRACT);
        assertCompleted(run());

        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
        assertThat(home.value("select count(*) from etl_publication where taken_back_at is null"))
                .isEqualTo("1");
        assertThat(home.repository().value("select count(*) from batch_job_instance"))
                .isEqualTo(Integer.toString(runs));
        assertThat(home.tables("etl_stage%")).isEmpty();
    }

    /** It would go on after its publication, and complete with nothing published. */
    @Test
    void aRunThatFailedOncePublishedIsLoadedAnewByAnyStart() {
        assertThat(run("published FINALIZE").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));

        breakAt("after " + TAKE_BACK, Phase.PROCESS);
        assertThat(home.rows(Numbers.SELECT)).isEmpty();
        assertCompleted(run());

        assertThat(home.rows(Numbers.SELECT)).isEqualTo(Numbers.rows(250));
        assertThat(home.value("select count(*) from etl_publication where taken_back_at is null"))
                .isEqualTo("1");
        assertThat(home.tables("etl_stage%")).isEmpty();
    }
}
