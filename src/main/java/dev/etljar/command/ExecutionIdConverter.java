package dev.etljar.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an execution's ID. */
final class ExecutionIdConverter implements ITypeConverter<Long> {

    /** As long as every number of so many digits is one of Java's. */
    private static final String ID = "[0-9]{1,18}";

    static boolean isOne(String text) {
        return text.matches(ID);
    }

    @Override
    public Long convert(String text) {
        if (!isOne(text)) {
            throw new TypeConversionException(
                    "'" + text + "' is no execution's ID, which is a whole number; 'list' shows the IDs");
        }
        return Long.valueOf(text);
    }
}
