package dev.etljar.command;

import dev.etljar.run.Phase;
import java.util.Arrays;
import java.util.Iterator;

/** The names of the steps on the command line, for the shell: of all phases the others are none that can be asked for. Made by picocli. */
final class StepNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Phase.values())
                .filter(Phase::isStep)
                .map(Phase::name)
                .iterator();
    }
}
