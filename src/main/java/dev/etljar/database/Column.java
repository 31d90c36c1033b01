package dev.etljar.database;

/** A column to create. */
public record Column(String name, ColumnType type, boolean notNull) {}
