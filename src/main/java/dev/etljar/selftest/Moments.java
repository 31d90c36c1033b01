package dev.etljar.selftest;

import dev.etljar.run.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** When to kill: at random, and everywhere equally often. What lasts how long is what was seen before, in microseconds. */
final class Moments {

    /** Of a command the first half is the start of Java. */
    private static final int ANYWHERE_ONE_IN = 4;

    /** Most of INIT is the start of Java. */
    private static final int OF_INIT_ONE_IN = 4;

    private final Random random;
    private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    private final Map<Act, Long> commands = new EnumMap<>(Act.class);

    Moments(Random random) {
        this.random = random;
    }

    /** Watches a run that nobody disturbs, up to its end. */
    void measure(Child child) throws IOException, InterruptedException {
        long last = System.nanoTime();
        Phase before = Phase.INIT;
        for (Phase phase : EnumSet.range(Phase.DOWNLOAD, Phase.FINALIZE)) {
            child.await(phase);
            phases.put(before, (System.nanoTime() - last) / 1_000);
            before = phase;
            last = System.nanoTime();
        }
        child.exitCode();
        phases.put(before, (System.nanoTime() - last) / 1_000);
    }

    void lasted(Act command, long microseconds) {
        commands.put(command, microseconds);
    }

    /** A moment in a phase, in microseconds after its beginning. */
    long in(Phase phase) {
        return random.nextLong(1 + phases.getOrDefault(phase, 1L));
    }

    /** A moment after a command has told what it is going to do, up to some way into its run. */
    long onceTold() {
        return random.nextLong(1 + phases.getOrDefault(Phase.INIT, 1L) / OF_INIT_ONE_IN);
    }

    /** A moment in a run from its beginning. */
    long inRun() {
        return random.nextLong(
                1 + phases.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * A moment in a command from its beginning, more often one in which it does its work. One that was not seen to end yet lasts
     * about as long as a run takes to begin.
     */
    long in(Act command) {
        long duration = commands.getOrDefault(command, phases.getOrDefault(Phase.INIT, 1L));
        return random.nextInt(ANYWHERE_ONE_IN) == 0
                ? random.nextLong(1 + duration)
                : duration / 2 + random.nextLong(1 + duration * 6 / 10);
    }

    /** Of the phases in this range one in which such a process was killed least often. */
    Phase rarest(Act act, Phase first, Phase last, List<Kill> kills) {
        List<Phase> range = new ArrayList<>(EnumSet.range(first, last));
        Collections.shuffle(range, random);
        return Collections.min(
                range,
                Comparator.comparingLong(phase -> kills.stream()
                        .filter(kill -> kill.act() == act && kill.phase() == phase)
                        .count()));
    }

    /** What {@link #measure} has seen. */
    @Override
    public String toString() {
        return phases.toString();
    }
}
