package dev.etljar.command;

import dev.etljar.run.Phase;
import dev.etljar.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a step, in whichever case. */
final class PhaseConverter implements ITypeConverter<Phase> {

    private static final List<String> STEPS =
            Arrays.stream(Phase.values()).filter(Phase::isStep).map(Phase::name).toList();

    @Override
    public Phase convert(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (STEPS.contains(name)) {
            return Phase.valueOf(name);
        }
        String meant = NearestName.of(text, STEPS)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("the steps are " + String.join(", ", STEPS));
        throw new TypeConversionException("'" + text + "' is no step; " + meant);
    }
}
