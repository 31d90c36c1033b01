package dev.etljar.process;

import java.util.regex.Pattern;

/**
 * Text in a cell that a spreadsheet opens without running it, after OWASP's page "CSV Injection": an apostrophe stands
 * before what would be a formula. Two kinds of cells:
 *
 * <ul>
 *   <li>What is only {@linkplain #shown shown} has an apostrophe where a formula would begin: before {@code = + - @}, also after
 *       quotes and blanks. A plain number, such as {@code -5}, is none.
 *   <li>A {@linkplain #exact record that may be loaded again} has an apostrophe first whatever it is, since a spreadsheet would
 *       make a number of {@code 007} and of {@code 5000,100}, and a date of {@code 1-2}, and save that.
 *       {@link #original} takes it away.
 * </ul>
 *
 * <p>A spreadsheet whose country writes decimals with a comma splits at {@code ;} and does not see these files' quotes. So a
 * cell also begins after {@code ;}, a tab or a line end within the text.
 */
final class SpreadsheetCell {

    /** Also the wide forms, which spreadsheets read as the narrow ones. */
    private static final String SIGN = "(?=[\"' \\u00A0]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])";

    private static final String NO_NUMBER_BEFORE = "(?![\"' \\u00A0]*[+-]?\\d+(?:[.,]\\d+)*[\" ]*(?:%s))";
    private static final String FORMULA = SIGN + NO_NUMBER_BEFORE.formatted("\\z");
    private static final String INNER_FORMULA = SIGN + NO_NUMBER_BEFORE.formatted("[;\\t\\r\\n]|\\z");

    private static final Pattern CELL = Pattern.compile("\\A" + FORMULA);
    private static final Pattern INNER_CELL = Pattern.compile("(?<=[;\\t\\r\\n])" + INNER_FORMULA);
    private static final Pattern GUARDED_INNER_CELL = Pattern.compile("(?<=[;\\t\\r\\n])'" + INNER_FORMULA);

    private SpreadsheetCell() {}

    /** For a person to read. */
    static String shown(String text) {
        String guarded = INNER_CELL.matcher(text).replaceAll("'");
        return CELL.matcher(guarded).find() ? "'" + guarded : guarded;
    }

    /** For a spreadsheet to keep as it is. */
    static String exact(String text) {
        return "'" + INNER_CELL.matcher(text).replaceAll("'");
    }

    /** What {@link #exact} was made of; also where a spreadsheet took the first apostrophe away, as it does when a cell is edited. */
    static String original(String cell) {
        String text = cell.startsWith("'") ? cell.substring(1) : cell;
        return GUARDED_INNER_CELL.matcher(text).replaceAll("");
    }
}
