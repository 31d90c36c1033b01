package dev.etljar.operate;

/**
 * What is to be taken back.
 *
 * @param executionId an execution of the run whose publication is meant
 * @param cascade whether to take back with it what could not stay without it
 * @param dryRun whether to say only what would be done
 */
public record RollbackRequest(long executionId, boolean cascade, boolean dryRun) {}
