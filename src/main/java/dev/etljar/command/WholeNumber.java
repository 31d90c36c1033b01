package dev.etljar.command;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers, and says in plain words what is none. */
final class WholeNumber {

    private WholeNumber() {}

    /** Has all options of whole numbers read so. */
    static void registerAt(CommandLine commandLine) {
        commandLine.registerConverter(long.class, text -> number(text, Long.MAX_VALUE));
        commandLine.registerConverter(Long.class, text -> number(text, Long.MAX_VALUE));
        commandLine.registerConverter(int.class, text -> (int) number(text, Integer.MAX_VALUE));
        commandLine.registerConverter(Integer.class, text -> (int) number(text, Integer.MAX_VALUE));
    }

    private static long number(String text, long largest) {
        if (!text.matches("[-+]?[0-9]+")) {
            throw new TypeConversionException("'" + text + "' is no whole number, such as 1000");
        }
        try {
            long number = Long.parseLong(text);
            if (Math.abs(number) <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // It has more digits than any number here.
        }
        throw new TypeConversionException("'" + text + "' is too large; the limit is " + largest);
    }
}
