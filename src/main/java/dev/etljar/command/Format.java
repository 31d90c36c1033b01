package dev.etljar.command;

/** What a command prints. */
enum Format {
    TEXT,
    JSON
}
