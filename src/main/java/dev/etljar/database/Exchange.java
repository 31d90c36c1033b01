package dev.etljar.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a table in the place of another one without copying a row, in the transaction at hand: until its commit readers see
 * the old table, and a rollback leaves everything as it was. Only a database whose transactions take statements that
 * define tables has one, see {@link Database#exchange}.
 *
 * <p>The new table gets what makes the old one up: constraints, indexes and their names, comments, storage parameters, owner
 * and privileges. What is {@linkplain #bound bound} to the old one from outside does not come along.
 */
public interface Exchange {

    /**
     * Waits for whoever makes a table of this name in a transaction with this call, and keeps others from it until the
     * transaction at hand ends.
     */
    void awaitTurn(TableName table);

    /**
     * Ends the sessions of the same user that are in the middle of writing into the table, if it is there: those of a process
     * that was paused there, and whose lock would be waited for as long as it is.
     */
    void endWriters(TableName table);

    /** Makes an empty table with the columns of a model, to be put in its place when it is filled; its keys come then. */
    void createTwin(TableName table, TableName model);

    /** What would stay with the table when another one takes its place, in the database's words; sorted. */
    List<String> bound(TableName table);

    /** Whether the user may put another table in the place of this one: its owner, and who has the owner's role. */
    boolean permitted(TableName table);

    /** Gives the table a column, or another one of that name, with the same number in all rows; no row is touched. */
    void addNumber(TableName table, String column, long number);

    /**
     * Whether the table has just the model's columns, but for some that do not count: in the same order, with the same types
     * and defaults. It may take null where the model does not.
     */
    boolean fits(TableName table, TableName model, List<String> without);

    /**
     * Puts a table that {@linkplain #fits fits} in the place of the model. Building the keys takes the most
     * of the time; only after that is the model kept from its readers.
     *
     * @param aside what the model is then called, in the own schema and without its keys; null to drop it
     * @param locked is run when nobody else can reach the model any more
     */
    void replace(TableName model, TableName table, List<String> toDrop, @Nullable TableName aside, Runnable locked);
}
