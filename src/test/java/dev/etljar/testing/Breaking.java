package dev.etljar.testing;

import java.util.List;

/** Breaks, once, what a connection does around the commit of a transaction with a statement that begins so. */
public final class Breaking implements WatchedDriver.Watch {

    public static final String MESSAGE = "broken by the test";

    private final boolean before;
    private final String statement;
    private boolean happened;

    private Breaking(boolean before, String statement) {
        this.before = before;
        this.statement = statement;
    }

    /** Such as {@code "before insert into etl_publication"}, or {@code "after …"}. */
    public static Breaking at(String moment) {
        String[] parts = moment.split(" ", 2);
        return new Breaking(parts[0].equals("before"), parts[1]);
    }

    public boolean happened() {
        return happened;
    }

    @Override
    public void committing(List<String> statements) {
        breakWhere(before, statements);
    }

    @Override
    public void committed(List<String> statements) {
        breakWhere(!before, statements);
    }

    private synchronized void breakWhere(boolean now, List<String> statements) {
        if (now
                && !happened
                && statements.stream().anyMatch(each -> each.strip().startsWith(statement))) {
            happened = true;
            throw new IllegalStateException(MESSAGE);
        }
    }
}
