package dev.etljar.report;

import dev.etljar.text.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aligned columns, two blanks apart. Every cell is made safe and cut, so that no value can break the table. */
final class TextTable {

    private static final String GAP = "  ";
    private static final int NARROWEST = 12;

    private final int width;
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param width characters that a line should not exceed; the widest text columns give way */
    TextTable(int width, Column... columns) {
        this.width = width;
        this.columns = List.of(columns);
    }

    TextTable row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(i -> HumanFormat.oneLine(cells[i], columns.get(i).limit()))
                .toList());
        return this;
    }

    /** The title line and the rows, each ended by a newline. */
    String text() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        append(text, columns.stream().map(Column::title).toList(), widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    length(columns.get(i).title()),
                    rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
        }
        int widest = widestTextColumn(widths);
        while (widest >= 0 && IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) > width) {
            widths[widest]--;
            widest = widestTextColumn(widths);
        }
        return widths;
    }

    /** -1 where none can give way. */
    private int widestTextColumn(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (!columns.get(i).right() && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void append(StringBuilder text, List<String> cells, int[] widths) {
        String line = IntStream.range(0, widths.length)
                .mapToObj(i -> aligned(
                        HumanFormat.oneLine(cells.get(i), widths[i]),
                        widths[i],
                        columns.get(i).right()))
                .collect(Collectors.joining(GAP));
        text.append(line.stripTrailing()).append('\n');
    }

    private static String aligned(String cell, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - length(cell)));
        return right ? blanks + cell : cell + blanks;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /**
     * One column.
     *
     * @param right whether its cells end at its right edge, as numbers do; such a column is never made narrower
     * @param limit characters of its longest cell
     */
    record Column(String title, boolean right, int limit) {

        static Column text(String title, int limit) {
            return new Column(title, false, limit);
        }

        static Column number(String title) {
            return new Column(title, true, 30);
        }
    }
}
