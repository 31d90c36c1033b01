package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Starts the application as a scheduler and an operator would, and kills it now and then. */
final class Killer {

    private static final int LEFT_ALONE_ONE_IN = 5;
    private static final int OFTEN_KILLED_LEFT_ALONE_ONE_IN = 3;
    /** So that few kills do not all fall into the first run. */
    private static final int SHARE = 5;

    private static final int LEAST_SHARE = 2;
    private static final int FAILURES_UNTIL_STUCK = 5;
    private static final int PARTS_UNTIL_STUCK = 300;

    /** What a rerun prints once its plan is settled, before it changes anything. */
    private static final String PLAN = ", again from ";

    private final SelftestRequest request;
    private final Home home;
    private final Random random;
    private final Moments moments;
    private final List<Kill> kills = new ArrayList<>();
    private final Map<Integer, Long> exitCodes = new TreeMap<>();

    Killer(SelftestRequest request, Home home, Random random) {
        this.request = request;
        this.home = home;
        this.random = random;
        this.moments = new Moments(random);
    }

    SelftestRequest request() {
        return request;
    }

    Home home() {
        return home;
    }

    Random random() {
        return random;
    }

    Moments moments() {
        return moments;
    }

    List<Kill> kills() {
        return List.copyOf(kills);
    }

    boolean hasKillsLeft() {
        return kills.size() < request.kills();
    }

    /** How many processes ended by themselves, by exit code. */
    Map<Integer, Long> exitCodes() {
        return new TreeMap<>(exitCodes);
    }

    /** Starts it again and again, and kills it until one start is left alone or ends before its kill, until it has ended as it is to. */
    void drive(Start start) throws IOException, InterruptedException {
        Phase reached = start.first();
        int mayKill = Math.max(LEAST_SHARE, request.kills() / SHARE);
        int failures = 0;
        int parts = 0;
        while (true) {
            Child child = begin(start);
            boolean disturbed = mayKill > 0 && reached.compareTo(start.last()) <= 0 && disturbs(start.act());
            if (disturbed && kill(child, start, reached)) {
                mayKill--;
                Phase killed = kills.get(kills.size() - 1).phase();
                reached = killed.compareTo(reached) > 0 ? killed : reached;
                continue;
            }
            int code = end(child, start.act());
            if (code == start.end().code()) {
                return;
            }
            boolean part = start.inParts() && code == ExitCode.STOPPED.code() && ++parts < PARTS_UNTIL_STUCK;
            if (!part && (code != ExitCode.FAILED.code() || ++failures == FAILURES_UNTIL_STUCK)) {
                throw stuck(start, code);
            }
        }
    }

    /** What was killed more often than others is left alone more often. */
    private boolean disturbs(Act act) {
        long killed = kills.stream().filter(kill -> kill.act() == act).count();
        long acts = kills.stream().map(Kill::act).distinct().count();
        boolean often = killed * acts > kills.size();
        return hasKillsLeft() && random.nextInt(often ? OFTEN_KILLED_LEFT_ALONE_ONE_IN : LEFT_ALONE_ONE_IN) != 0;
    }

    /** Starts it once, and leaves it alone; gives the exit code. */
    int once(Start start) throws IOException, InterruptedException {
        return end(begin(start), start.act());
    }

    Child begin(Start start) throws IOException {
        if (start.act() == Act.RUN) {
            home.putInputBackWhereComplete();
        }
        return Child.start(request, home, start.arguments().get());
    }

    /** Waits for the end that it comes to by itself; gives the exit code. */
    int end(Child child, Act act) throws InterruptedException {
        int code = child.exitCode();
        if (!act.tellsPhases()) {
            moments.lasted(act, child.microseconds());
        }
        exitCodes.merge(code, 1L, Long::sum);
        return code;
    }

    /** Starts it, and kills it in one of its phases; gives that phase, or none where it has ended as it is to before. */
    Optional<Phase> killOnce(Start start) throws IOException, InterruptedException {
        Child child = begin(start);
        if (hasKillsLeft() && kill(child, start, start.first())) {
            return Optional.of(kills.get(kills.size() - 1).phase());
        }
        int code = end(child, start.act());
        if (code != start.end().code()) {
            throw stuck(start, code);
        }
        return Optional.empty();
    }

    private boolean kill(Child child, Start start, Phase reached) throws IOException, InterruptedException {
        Act act = start.act();
        if (!act.tellsPhases()) {
            return kill(child, act, moments.in(act));
        }
        Phase phase = moments.rarest(act, reached, start.last(), kills);
        return phase == Phase.INIT
                ? child.await(PLAN) && kill(child, act, moments.onceTold())
                : child.await(phase) && kill(child, act, moments.in(child.phase()));
    }

    /** Kills it after this time; false where it ended before. */
    boolean kill(Child child, Act act, long microseconds) throws IOException, InterruptedException {
        long began = System.nanoTime();
        if (!child.killAfter(microseconds)) {
            return false;
        }
        Phase phase = act.tellsPhases() ? child.phase() : Phase.INIT;
        kills.add(new Kill(kills.size() + 1, act, phase, (System.nanoTime() - began) / 1_000));
        return true;
    }

    StuckException stuck(Start start, int code) throws IOException {
        return new StuckException("after kill " + kills.size() + " '"
                + String.join(" ", start.arguments().get()) + "' ends with exit code " + code + ", not "
                + start.end().code() + ": " + home.lastWords());
    }
}
