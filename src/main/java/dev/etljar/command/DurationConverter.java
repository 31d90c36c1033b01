package dev.etljar.command;

import dev.etljar.text.UnitDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its unit. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return UnitDuration.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no time with its unit, such as 500ms, 30s, 10m, 2h or 1d"));
    }
}
