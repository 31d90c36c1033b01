package dev.etljar.selftest;

import dev.etljar.run.ExitCode;
import dev.etljar.run.Phase;
import java.io.IOException;
import java.sql.SQLException;

/**
 * A run that waits before FINALIZE: it is approved; or rejected and begun anew; or approved and begun anew, which is to wait
 * again, since nobody has looked at those rows. Nothing is published before that.
 */
record GatedRun() implements Scenario {

    @Override
    public void play(Round round) throws IOException, InterruptedException, SQLException {
        Killer killer = round.killer();
        round.prepare(JobFile.of(round).waiting());
        killer.drive(waits());
        switch (round.random().nextInt(3)) {
            case 0 -> {
                decide(round, Act.REJECT);
                round.mustEnd(Start.run().until(ExitCode.REFUSED));
                killer.drive(waits("--start-over"));
            }
            case 1 -> {
                decide(round, Act.APPROVE);
                killer.drive(waits("--start-over"));
            }
            default -> {}
        }
        round.checkTable();
        decide(round, Act.APPROVE);
        round.load(Start.run().between(Phase.FINALIZE, Phase.FINALIZE));
    }

    private static Start waits(String... options) {
        return Start.run(options).until(ExitCode.WAITING).between(Phase.DOWNLOAD, Phase.VALIDATE);
    }

    private static void decide(Round round, Act decision) throws IOException, InterruptedException {
        round.killer().drive(Start.command(decision, round.home().newestExecution(), "--comment=seen"));
    }
}
