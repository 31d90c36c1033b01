package dev.etljar.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.csv.Position;
import dev.etljar.csv.Range;
import dev.etljar.database.Database;
import dev.etljar.database.TableName;
import dev.etljar.database.Target;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.StopSignal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Loads that are after each other at random, of which some fail, in as many threads as there may be: nothing begins before what
 * it is after is complete, whatever does not depend on a failure is completed, and nobody waits for what will not come.
 */
class LoadOrderTests {

    private static final int WORLDS = Integer.getInteger("etl.test.worlds", 2_000);
    private static final long SEED = Long.getLong("etl.test.seed", new Random().nextLong());
    private static final Target TARGET = new Target(
            null,
            new JdbcDataSource(),
            Database.of("jdbc:h2:mem:unused"),
            new JdbcTransactionManager(new JdbcDataSource()));

    /** What becomes of a partition. */
    private enum Fate {
        COMPLETES,
        FAILS,
        IS_REFUSED
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void nothingBeginsBeforeWhatItIsAfterIsCompleteAndAllElseIsCompleted() throws Exception {
        for (int i = 0; i < WORLDS; i++) {
            Random random = new Random(SEED + i);
            World world = new World(random);
            world.run(1 + random.nextInt(4));
            assertThat(world.wrong).as("seed %d", SEED + i).isEmpty();
            assertThat(world.completedLoads()).as("seed %d", SEED + i).isEqualTo(world.independentOfFailures());
            world.fates.replaceAll((part, fate) -> Fate.COMPLETES);
            world.restart(1 + random.nextInt(4));
            assertThat(world.wrong).as("restarted, seed %d", SEED + i).isEmpty();
            assertThat(world.completedLoads())
                    .as("restarted, seed %d", SEED + i)
                    .hasSameSizeAs(world.loads);
        }
    }

    @Test
    void aFailureThatAllShareStopsAll() {
        assertThat(reach(new IllegalStateException(new SQLTransientException("connection lost", "08006"))))
                .isEqualTo(Conclusion.Reach.EVERYBODY);
        assertThat(reach(new OutOfMemoryError("heap"))).isEqualTo(Conclusion.Reach.EVERYBODY);
        assertThat(reach(new IllegalStateException("of this load"))).isEqualTo(Conclusion.Reach.ITS_LOAD);
        assertThat(reach(new IllegalStateException(new DataRefusedException("of this load"))))
                .isEqualTo(Conclusion.Reach.NOBODY);
    }

    @Test
    void aFailureStopsItsLoadAloneAndWhatIsStoppedWithItNobodyElse() {
        LoadTally first = load(0, List.of());
        Map<StepExecution, Partition> parts = new LinkedHashMap<>();
        StepExecution fails = step(1);
        StepExecution beside = step(2);
        StepExecution other = step(3);
        parts.put(fails, partition(first, 0));
        parts.put(beside, partition(first, 1));
        parts.put(other, partition(load(1, List.of()), 0));
        PartitionEnds ends = new PartitionEnds(
                parts, new LoadOrder(parts.values(), parts.values()), new Conclusion(TARGET, new StopSignal()));

        fails.setStatus(BatchStatus.FAILED);
        fails.addFailureException(new IllegalStateException("of this load"));
        ends.ended(fails, partition(first, 0));
        assertThat(beside.isTerminateOnly()).isTrue();
        beside.setStatus(BatchStatus.STOPPED);
        ends.ended(beside, partition(first, 1));

        assertThat(other.isTerminateOnly()).isFalse();
    }

    @Test
    void aLoadWithTooManyRejectsIsNotComplete() {
        LoadTally first = load(0, List.of());
        LoadTally second = load(1, List.of("load0"));
        Partition read = partition(first, 0);
        Partition waiting = partition(second, 0);
        LoadOrder order = new LoadOrder(List.of(read, waiting), List.of(read, waiting));

        read.put(new Checkpoint(Position.START, new Position(20, 10, 11), 9, 1, 0));
        order.refuseTooManyRejects();
        order.completed(read);

        assertThat(order.mayBegin(second)).isFalse();
        assertThat(order.waitsFor(second)).containsExactly("load0");
        assertThatThrownBy(order::refuseTooManyRejects)
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("Load 'load0': 1 of 10 records were rejected");
    }

    @Test
    void whatAReplayHasNothingOfIsComplete() {
        LoadTally second = load(1, List.of("load0"));
        Partition part = partition(second, 0);

        assertThat(new LoadOrder(List.of(part), List.of(part)).mayBegin(second)).isTrue();
    }

    private static Conclusion.Reach reach(Throwable failure) {
        StepExecution part = step(1);
        part.addFailureException(failure);
        part.setStatus(BatchStatus.FAILED);
        return new Conclusion(TARGET, new StopSignal()).reach(part, false);
    }

    private static StepExecution step(long id) {
        return new StepExecution(
                id, "PROCESS:" + id, new JobExecution(1, new JobInstance(1L, "job"), new JobParameters()));
    }

    private static LoadTally load(int index, List<String> after) {
        String name = "load" + index;
        CsvDefinition csv = new CsvDefinition(",", "\"", "none", true, StandardCharsets.UTF_8, List.of(""));
        LoadDefinition definition = new LoadDefinition(
                name,
                after,
                "*",
                LoadDefinition.Format.CSV,
                csv,
                name,
                false,
                List.of(),
                "none",
                List.of(),
                new RejectsDefinition("0"));
        return new LoadTally(new Load(
                index, definition, List.of(), List.of(), List.of(), false, new TableName(null, "stage" + index)));
    }

    private static Partition partition(LoadTally load, int number) {
        return new Partition(load, 0, load.load() + "-" + number, new Range(Position.START, 20, 3), () -> {});
    }

    /** Loads with their partitions, and what is to become of these. */
    private static final class World {

        private final List<LoadTally> loads = new ArrayList<>();
        private final Map<StepExecution, Partition> parts = new LinkedHashMap<>();
        private final Map<StepExecution, Fate> fates = new HashMap<>();
        private final Set<StepExecution> completed = Collections.synchronizedSet(new HashSet<>());
        private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        World(Random random) {
            int count = 1 + random.nextInt(8);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                numbers.add(i);
            }
            Collections.shuffle(numbers, random);
            for (int i = 0; i < count; i++) {
                List<String> after = new ArrayList<>();
                for (int before : numbers.subList(0, numbers.indexOf(i))) {
                    if (random.nextInt(3) == 0) {
                        after.add("load" + before);
                    }
                }
                loads.add(load(i, after));
            }
            for (LoadTally load : loads) {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    StepExecution part = step(parts.size() + 1L);
                    parts.put(part, partition(load, i));
                    int fate = random.nextInt(12);
                    fates.put(part, fate == 0 ? Fate.FAILS : fate == 1 ? Fate.IS_REFUSED : Fate.COMPLETES);
                }
            }
        }

        void run(int threads) throws Exception {
            Map<StepExecution, Partition> toRun = new LinkedHashMap<>(parts);
            toRun.keySet().removeAll(completed);
            LoadOrder order = new LoadOrder(parts.values(), toRun.values());
            PartitionEnds ends = new PartitionEnds(toRun, order, new Conclusion(TARGET, new StopSignal()));
            Turns<Map.Entry<StepExecution, Partition>> turns = new Turns<>(
                    List.copyOf(toRun.entrySet()),
                    part -> order.mayBegin(part.getValue().tally()));
            SideBySide.run(threads, turns, part -> {
                if (!part.getKey().isTerminateOnly()) {
                    execute(part.getKey(), part.getValue());
                    ends.ended(part.getKey(), part.getValue());
                }
            });
        }

        /** Each partition that is not complete gets a step of its own again. */
        void restart(int threads) throws Exception {
            Map<StepExecution, Partition> again = new LinkedHashMap<>();
            parts.forEach((part, partition) -> {
                boolean done = completed.contains(part);
                again.put(done ? part : step(1_000 + part.getId()), partition);
            });
            parts.clear();
            parts.putAll(again);
            again.keySet().forEach(part -> fates.put(part, Fate.COMPLETES));
            run(threads);
        }

        private void execute(StepExecution part, Partition partition) {
            if (!completedLoads().containsAll(partition.load().definition().after())) {
                wrong.add(partition.name() + " began before what it is after was complete");
            }
            for (int i = ThreadLocalRandom.current().nextInt(1_000); i > 0; i--) {
                Thread.onSpinWait();
            }
            if (part.isTerminateOnly()) {
                part.setStatus(BatchStatus.STOPPED);
                part.addFailureException(new JobInterruptedException("stopped between two chunks"));
                return;
            }
            switch (fates.getOrDefault(part, Fate.COMPLETES)) {
                case COMPLETES -> {
                    part.setStatus(BatchStatus.COMPLETED);
                    completed.add(part);
                }
                case FAILS -> {
                    part.setStatus(BatchStatus.FAILED);
                    part.addFailureException(new IllegalStateException("fails"));
                }
                case IS_REFUSED -> {
                    part.setStatus(BatchStatus.FAILED);
                    part.addFailureException(new DataRefusedException("is refused"));
                }
            }
        }

        Set<String> completedLoads() {
            Set<String> names = new HashSet<>();
            loads.forEach(load -> names.add(load.load().definition().name()));
            parts.forEach((part, partition) -> {
                if (!completed.contains(part)) {
                    names.remove(partition.load().definition().name());
                }
            });
            return names;
        }

        /** The loads that neither fail nor are after one that is not among these. */
        Set<String> independentOfFailures() {
            Set<String> names = new HashSet<>();
            loads.forEach(load -> names.add(load.load().definition().name()));
            parts.forEach((part, partition) -> {
                if (fates.get(part) != Fate.COMPLETES) {
                    names.remove(partition.load().definition().name());
                }
            });
            while (loads.stream()
                    .map(load -> load.load().definition())
                    .anyMatch(load -> !names.containsAll(load.after()) && names.remove(load.name()))) {
                // Each round removes one.
            }
            return names;
        }
    }
}
