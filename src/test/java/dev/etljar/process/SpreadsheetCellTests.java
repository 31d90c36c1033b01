package dev.etljar.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadsheetCellTests {

    private static final String HOSTILE = "=+-@'\"';;\t\r\n ,.a15\uFF1D\u00A0";
    private static final long SEED = 20261124;

    @Test
    void formulaGetsAnApostrophe() {
        assertThat(List.of("=1+1", "+1+1", "-2+cmd|' /C calc'!A0", "@SUM(A1)", "\uFF1D1+1", " =1", "\"=1\""))
                .allSatisfy(text -> assertThat(SpreadsheetCell.shown(text))
                        .isEqualTo("'" + text)
                        .isEqualTo(SpreadsheetCell.exact(text)));
    }

    @Test
    void numberAndTextAreShownAsTheyAre() {
        assertThat(List.of("-5", "+5", "-1,234.5", "5000", "a-b", "'quoted'", "", "O'Brien; -5"))
                .allSatisfy(text -> assertThat(SpreadsheetCell.shown(text)).isEqualTo(text));
    }

    @Test
    void recordIsNeverTakenForANumberOrADate() {
        assertThat(List.of("007", "5000,100", "1-2", "TRUE", "1e5"))
                .allSatisfy(text -> assertThat(SpreadsheetCell.exact(text)).isEqualTo("'" + text));
    }

    @Test
    void recordComesBackAsItWas() {
        assertThat(hostileTexts())
                .filteredOn(text ->
                        !SpreadsheetCell.original(SpreadsheetCell.exact(text)).equals(text))
                .isEmpty();
    }

    @Test
    void recordThatWasEditedInASpreadsheetNeedsNoApostrophe() {
        assertThat(SpreadsheetCell.original("=1+1;'=2")).isEqualTo("=1+1;=2");
    }

    /** Opened as CSV, and as a spreadsheet opens it whose country separates by semicolons. */
    @Test
    void noSpreadsheetFindsAFormula() {
        assertThat(hostileTexts())
                .flatMap(text -> List.of(SpreadsheetCell.shown(text), SpreadsheetCell.exact(text)))
                .filteredOn(cell -> runs(cell)
                        || cellsBySemicolon("\"before\",\"" + cell.replace("\"", "\"\"") + "\",\"after\"").stream()
                                .anyMatch(SpreadsheetCellTests::runs))
                .isEmpty();
    }

    private static boolean runs(String cell) {
        String text = cell.replace('\u00A0', ' ').replaceFirst("^ +", "");
        return !text.isEmpty()
                && "=+-@\uFF1D".indexOf(text.charAt(0)) >= 0
                && !text.matches("[-+]?\\d+([.,]\\d+)*[\" ]*(,\"after\")?");
    }

    /** Quotes count where a cell begins with one; a line end out of quotes, a tab or a semicolon ends a cell. */
    private static List<String> cellsBySemicolon(String text) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean begins = true;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (begins && c == '"') {
                quoted = true;
            } else if (quoted && c == '"' && text.startsWith("\"", i + 1)) {
                cell.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (!quoted && ";\t\r\n".indexOf(c) >= 0) {
                cells.add(cell.toString());
                cell.setLength(0);
                begins = true;
                continue;
            } else {
                cell.append(c);
            }
            begins = false;
        }
        cells.add(cell.toString());
        return cells;
    }

    private static List<String> hostileTexts() {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(HOSTILE.charAt(random.nextInt(HOSTILE.length())));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
